/** Functions of numbers and logic. */
export const NUMBERS = `
abs(numeric|interval) $0
acos(double) double? as=ACOS
acosh(double) double? as=ACOSH
asin(double) double? as=ASIN
asinh(double) double? as=ASINH
atan(double) double? as=ATAN
atan2(double, double) double as=ATAN2
atanh(double) double? as=ATANH
bigint(any) @cast
boolean(any) @cast
bround(numeric, int#=) @round?
cbrt(double) double? as=CBRT
ceil(numeric, int#=) @ceil? as=CEIL
ceiling(numeric, int#=) @ceil?
conv(string, int, int) string?
cos(double) double? as=COS
cosh(double) double? as=COSH
cot(double) double? as=COT
csc(double) double? as=CSC
decimal(any) @cast
degrees(double) double? as=DEGREES
double(any) @cast
e() double! as=E
exp(double) double? as=EXP
expm1(double) double? as=EXPM1
factorial(int) bigint?
float(any) @cast
floor(numeric, int#=) @ceil? as=FLOOR
hypot(double, double) double as=HYPOT
int(any) @cast
ln(double) double?
log(double, double=) double? as=LOG
log10(double) double? as=LOG10
log1p(double) double? as=LOG1P
log2(double) double? as=LOG2
div(any, any) @div?
mod(numeric, numeric) @mod?
nanvl(double|float, double|float) @nanvl
negative(numeric|interval) $0
pi() double! as=PI
pmod(numeric, numeric) @pmod?
positive(numeric|interval) $0
pow(double, double) double
power(double, double) double as=POWER
radians(double) double? as=RADIANS
rand(int|bigint#=) double! random
random(int|bigint#=) double! random as=rand
randn(int|bigint#=) double! random
rint(double) double?
round(numeric, int#=) @round?
sec(double) double? as=SEC
shiftleft(int|bigint, int) $0
shiftright(int|bigint, int) $0
shiftrightunsigned(int|bigint, int) $0
sign(double|interval) double?
signum(double|interval) double? as=SIGNUM
sin(double) double? as=SIN
sinh(double) double? as=SINH
smallint(any) @cast
sqrt(double) double? as=SQRT
tan(double) double? as=TAN
tanh(double) double? as=TANH
tinyint(any) @cast
try_add(any, any) @try_add?
try_divide(any, any) @try_divide?
try_mod(numeric, numeric) @try_mod?
try_multiply(any, any) @try_multiply?
try_subtract(any, any) @try_subtract?
uniform(numeric, numeric, int|bigint=) @uniform! random
width_bucket(double|interval, double|interval, double|interval, bigint) bigint?
bit_count(integral|boolean) int
getbit(integral, int) tinyint
isnan(double|float) boolean!
isnotnull(any) boolean!
isnull(any) boolean!
coalesce(any, any...) @coalesce&
greatest(T, T, T...) T&
least(T, T, T...) T&
if(boolean^, any, any) @if
ifnull(any, any) @coalesce&
nvl(any, any) @coalesce&
nvl2(any, any, any) @nvl2
nullif(any, any) @nullif?
nullifzero(any) @nullifzero?
zeroifnull(any) @zeroifnull!
equal_null(any, any) @equal_null!
when(boolean, any...) @unknown
not(boolean) boolean
and(boolean, boolean) boolean
or(boolean, boolean) boolean
`;
