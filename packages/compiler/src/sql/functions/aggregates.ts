/** Functions of many rows. */
export const AGGREGATES = `
any(boolean) boolean? aggregate
any_value(any, boolean#=) $0? aggregate
approx_count_distinct(any, double=) bigint! aggregate
approx_percentile(numeric|datetime|interval, double|array<double>#, integral#=) @approx_percentile? aggregate
approx_top_k(any, int=, int=) @unknown aggregate since=4.1
approx_top_k_accumulate(any, int=) @unknown aggregate since=4.1
approx_top_k_combine(any, int=) @unknown aggregate since=4.1
approx_top_k_estimate(struct, int=) @unknown since=4.1
array_agg(any) @collect! aggregate as=collect_list
avg(numeric|interval|timestamp^) @avg? aggregate
bit_and(integral) $0? aggregate
bit_or(integral) $0? aggregate
bit_xor(integral) $0? aggregate
bitmap_and_agg(binary) binary! aggregate since=4.1
bitmap_construct_agg(bigint) binary! aggregate
bitmap_or_agg(binary) binary! aggregate
bool_and(boolean) boolean? aggregate
bool_or(boolean) boolean? aggregate
collect_list(any) @collect! aggregate
collect_set(any) @collect! aggregate
corr(double, double) double? aggregate
count(any, any...) bigint! aggregate
count_if(boolean) bigint! aggregate
count_min_sketch(integral|string|binary, double, double, integral) binary! aggregate names=column,epsilon,confidence,seed
covar_pop(double, double) double? aggregate
covar_samp(double, double) double? aggregate
every(boolean) boolean? aggregate
first(any, boolean#=) $0? aggregate
first_value(any, boolean#=) $0? aggregate
grouping(any) tinyint! aggregate
grouping_id(any...) bigint! aggregate
histogram_numeric(numeric|datetime|interval, int#) @histogram? aggregate
hll_sketch_agg(int^|bigint^|string^|binary^, int^=) binary! aggregate
hll_sketch_estimate(binary) bigint
hll_union(binary^, binary^, boolean=) binary
hll_union_agg(binary^, boolean=) binary! aggregate
kll_sketch_agg_bigint(tinyint^|smallint^|int^|bigint^, int=) binary! aggregate since=4.1
kll_sketch_agg_double(float^|double^, int=) binary! aggregate since=4.1
kll_sketch_agg_float(float^, int=) binary! aggregate since=4.1
kll_sketch_get_n_bigint(binary) bigint since=4.1
kll_sketch_get_quantile_bigint(binary, double|array<double>) @kll_quantile since=4.1
kll_sketch_get_rank_bigint(binary, bigint|array<bigint>) @kll_rank since=4.1
kll_sketch_merge_bigint(binary, binary) binary since=4.1
kll_sketch_to_string_bigint(binary) string since=4.1
kll_sketch_get_n_double(binary) bigint since=4.1
kll_sketch_get_quantile_double(binary, double|array<double>) @kll_quantile since=4.1
kll_sketch_get_rank_double(binary, double|array<double>) @kll_rank since=4.1
kll_sketch_merge_double(binary, binary) binary since=4.1
kll_sketch_to_string_double(binary) string since=4.1
kll_sketch_get_n_float(binary) bigint since=4.1
kll_sketch_get_quantile_float(binary, double|array<double>) @kll_quantile since=4.1
kll_sketch_get_rank_float(binary, float|array<float>) @kll_rank since=4.1
kll_sketch_merge_float(binary, binary) binary since=4.1
kll_sketch_to_string_float(binary) string since=4.1
kurtosis(double) double? aggregate
last(any, boolean#=) $0? aggregate
last_value(any, boolean#=) $0? aggregate
listagg(string|binary, string|binary#=) $0? aggregate
max(any) $0? aggregate
max_by(any, any) $0? aggregate
mean(numeric|interval|timestamp^) @avg? aggregate
median(numeric|interval) @median? aggregate
min(any) $0? aggregate
min_by(any, any) $0? aggregate
mode(any=, boolean#=) @mode? aggregate
percentile(numeric|interval, double|array<double>#, bigint=) @percentile? aggregate
percentile_approx(numeric|datetime|interval, double|array<double>#, integral#=) @approx_percentile? aggregate
percentile_cont(double|array<double>#) @within? aggregate
percentile_disc(double|array<double>#) @within? aggregate
regr_avgx(numeric, numeric) @avg_second? aggregate
regr_avgy(numeric, numeric) @avg? aggregate
regr_count(double, double) bigint! aggregate
regr_intercept(double, double) double? aggregate
regr_r2(double, double) double? aggregate
regr_slope(double, double) double? aggregate
regr_sxx(double, double) double? aggregate
regr_sxy(double, double) double? aggregate
regr_syy(double, double) double? aggregate
schema_of_variant_agg(variant) string! aggregate
skewness(double) double? aggregate
some(boolean) boolean? aggregate
std(double) double? aggregate
stddev(double) double? aggregate
stddev_pop(double) double? aggregate
stddev_samp(double) double? aggregate
string_agg(string|binary, string|binary#=) $0? aggregate
sum(numeric|interval|timestamp^) @sum? aggregate
theta_difference(binary^, binary^) binary since=4.1
theta_intersection(binary^, binary^) binary since=4.1
theta_intersection_agg(binary^) binary! aggregate since=4.1
theta_sketch_agg(int^|bigint^|float^|double^|string^|binary^|array^, int^=) binary! aggregate since=4.1
theta_sketch_estimate(binary) bigint since=4.1
theta_union(binary^, binary^, int=) binary since=4.1
theta_union_agg(binary^, int=) binary! aggregate since=4.1
try_avg(numeric|interval|timestamp^) @avg? aggregate
try_sum(numeric|interval|timestamp^) @sum? aggregate
var_pop(double) double? aggregate
var_samp(double) double? aggregate
variance(double) double? aggregate
cume_dist() double! window
dense_rank(any...) int! as=DENSE_RANK window
lag(any, int#=, any=, boolean#=) @lag window
lead(any, int#=, any=, boolean#=) @lag window
nth_value(any, int#, boolean#=) $0? window
ntile(int#=) int! window
percent_rank(any...) double! as=PERCENT_RANK window
rank(any...) int! as=RANK window
row_number() int! window
`;
