/** Functions of text and binary data: see `signature.ts` for the notation. */
export const TEXT = `
ascii(string) int
base64(binary) string
bin(bigint) string
bit_get(integral, int) tinyint
bit_length(string|binary) int
btrim(string, string=) string
char(bigint) string
char_length(string|binary) int
character_length(string|binary) int
chr(bigint) string
collate(string, string) @unknown
collation(string^) string!
collations() @unknown
contains(string|binary, string|binary) @search
decode(any, any, any...) @decode?
elt(int, any, any...) @elt?
encode(string, string) binary?
endswith(string|binary, string|binary) @search
find_in_set(string, string) int
format_number(numeric^, int^|string^) string?
format_string(string, any...) @first
hex(bigint|binary|string) string
ilike(string, string, string=) boolean
initcap(string) string
instr(string, string) int
is_valid_utf8(string) boolean?
lcase(string) string as=lcase
left(string|binary, int) $0
len(string|binary) int
length(string|binary) int
levenshtein(string, string, int=) int
like(string, string, string=) boolean
locate(string, string, int=) @locate
lower(string) string
lpad(string|binary, int, string|binary=) @pad
ltrim(string, string=) string
luhn_check(string) boolean?
make_valid_utf8(string) string?
mask(string^, string^#=, string^#=, string^#=, string^#=) string? names=str,upperChar:X,lowerChar:x,digitChar:n,otherChar:NULL
md5(binary) string
crc32(binary) bigint
octet_length(string|binary) int
overlay(string|binary, string|binary, int, int=) $0
parse_url(string^, string^, string^=) string?
position(string, string, int=) @locate
printf(string, any...) @first
quote(string) string? since=4.1
randstr(int, int=) string! random
try_parse_url(string^, string^, string^=) string?
regexp(string, string) boolean as=REGEXP
regexp_count(string, string) int
regexp_extract(string, string, int=) string
regexp_extract_all(string, string, int=) array<string>
regexp_instr(string, string, int=) int
regexp_like(string, string) boolean as=REGEXP_LIKE
regexp_replace(string, string, string, int=) string
regexp_substr(string, string) string?
repeat(string, int) string
replace(string, string, string=) string
right(string, int) string?
rlike(string, string) boolean as=RLIKE
rpad(string|binary, int, string|binary=) @pad
rtrim(string, string=) string
sentences(string, string=, string=) array<array<string!>!>?
sha(binary) string
sha1(binary) string
sha2(binary, int) string?
soundex(string^) string
space(int) string
split(string, string, int=) array<string!>
split_part(string, string, int) string?
startswith(string|binary, string|binary) @search
string(any) @cast
substr(string|binary, int, int=) $0
substring(string|binary, int, int=) $0
substring_index(string, string, int) string
to_binary(string, string#=) binary?
to_char(decimal|date|timestamp|timestamp_ntz|binary, string#) string
to_number(string, string#) @unknown
to_varchar(decimal|date|timestamp|timestamp_ntz|binary, string#) string
translate(string, string, string) string
trim(string, string=) string
try_to_binary(string, string#=) binary?
try_to_number(string, string#) @unknown?
try_url_decode(string) string?
try_validate_utf8(string) string?
ucase(string) string as=ucase
unbase64(string) binary
unhex(string) binary?
upper(string) string
url_decode(string) string?
url_encode(string) string?
validate_utf8(string) string?
binary(any) @cast
concat(any...) @concat
concat_ws(string, any...) @concat_ws
typeof(any) string!
uuid(int=) string! random
version() string!
assert_true(boolean^, string=) void?
raise_error(string) void?
aes_decrypt(binary, binary, string=, string=, binary|string=) binary?
aes_encrypt(binary, binary, string=, string=, binary|string=, binary|string=) binary?
try_aes_decrypt(binary, binary, string=, string=, binary|string=) binary?
hash(any, any...) @hash!
xxhash64(any, any...) @hash!
bitmap_bit_position(bigint) bigint
bitmap_bucket_number(bigint) bigint
bitmap_count(binary) bigint
current_catalog() string!
current_database() string! as=current_schema
current_schema() string!
current_user() string!
user() string!
session_user() string!
input_file_name() string! random
input_file_block_length() bigint! random
input_file_block_start() bigint! random
monotonically_increasing_id() bigint! random
spark_partition_id() int! random as=SPARK_PARTITION_ID
java_method(string^#, string^#, any...) string? random
reflect(string^#, string^#, any...) string? random
try_reflect(string^#, string^#, any...) string? random
st_asbinary(any) @unknown since=4.1
st_geogfromwkb(any) @unknown since=4.1
st_geomfromwkb(any) @unknown since=4.1
st_setsrid(any, any) @unknown since=4.1
st_srid(any) @unknown since=4.1
xpath(string^, string^#) array<string>?
xpath_boolean(string^, string^#) boolean?
xpath_double(string^, string^#) double?
xpath_float(string^, string^#) float?
xpath_int(string^, string^#) int?
xpath_long(string^, string^#) bigint?
xpath_number(string^, string^#) double?
xpath_short(string^, string^#) smallint?
xpath_string(string^, string^#) string?
`;
