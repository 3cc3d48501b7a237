/** Functions of arrays, maps, structs and of texts that hold them. Those that take lambdas are in `higher-order.ts`. */
export const NESTED = `
array(any...) @array!
array_append(array<T>, T) @array_add
array_compact(array<T>) @array_compact
array_contains(array<T>, T) @array_contains
array_distinct(array<T>) $0
array_except(array<T>, array<T>) @array_except
array_insert(array<T>, tinyint^|smallint^|int^, T) @array_insert
array_intersect(array<T>, array<T>) @array_intersect
array_join(array<string>, string^, string^=) string
array_max(array<T>) T?
array_min(array<T>) T?
array_position(array<T>, T) bigint
array_prepend(array<T>, T) @array_add
array_remove(array<T>, T) @array_keep
array_repeat(T, int^) @array_repeat
array_size(array) int
array_union(array<T>, array<T>) @array_union
arrays_overlap(array<T>, array<T>) boolean
arrays_zip(array...) @arrays_zip
cardinality(array|map) int
element_at(array|map, any) @element_at
flatten(array<array<T>>) @flatten
from_avro(binary, string, map=) @unknown
from_csv(string^, any#, map=) @from_text
from_json(string^, any#, map=) @from_text
from_protobuf(binary, string, any=, any=) @unknown
from_xml(string^, any#, map=) @from_text
get(array<T>, int) @get
get_json_object(string^, string^) string?
is_variant_null(variant) boolean!
json_array_length(string^) int?
json_object_keys(string^) array<string>?
json_tuple(string^, string^, string^...) @json_tuple generator
map(any...) @map!
map_concat(map...) @map_concat
map_contains_key(map<K,V>, K) boolean?
map_entries(map) @map_entries
map_from_arrays(array<K>, array<V>) @map_from_arrays
map_from_entries(array) @map_from_entries
map_keys(map<K,V>) array<K>
map_values(map) @map_values
named_struct(any...) @named_struct!
parse_json(string^) variant
schema_of_avro(string, map=) string!
schema_of_csv(string#, map=) string!
schema_of_json(string#, map=) string!
schema_of_variant(variant) string
schema_of_xml(string#, map=) string!
sequence(any, any, any=) @sequence
shuffle(array<T>, any=) $0 random
size(array|map) int
reverse(string|array) $0
slice(array<T>, int, int) $0
sort_array(array<T>, boolean#=) $0
str_to_map(string^, string^=, string^=) map<string,string>
struct(any...) @struct!
to_avro(any, string=) binary
to_csv(struct, map=) string?
to_json(struct|array|map|variant, map=) string?
to_protobuf(struct, string, any=, any=) binary
to_variant_object(any) variant
to_xml(struct|variant, map=) string?
try_element_at(array|map, any) @try_element_at?
try_parse_json(string^) variant?
try_variant_get(variant, string^, string^#=) @variant_get?
variant_get(variant, string^, string^#=) @variant_get?
array_sort(array<T>) $0
aggregate
exists
filter
forall
map_filter
map_zip_with
reduce
transform
transform_keys
transform_values
zip_with
explode(array|map) @explode generator names=collection
explode_outer(array|map) @explode generator names=collection
inline(array) @inline generator names=input
inline_outer(array) @inline generator names=input
posexplode(array|map) @posexplode generator names=collection
posexplode_outer(array|map) @posexplode generator names=collection
stack(int, any...) @stack generator
collations() @unknown table
range(bigint, bigint=, bigint=, int=) @range table
sql_keywords() @sql_keywords table
variant_explode(variant) @variant_explode table names=input
variant_explode_outer(variant) @variant_explode table names=input
python_worker_logs() @unknown table since=4.1
`;
