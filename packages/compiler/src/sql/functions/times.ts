/** Functions of dates, times and intervals. */
export const TIMES = `
add_months(date, int) date
convert_timezone(string, any, timestamp_ntz=) @convert_timezone
curdate() date! as=current_date
current_date() date!
current_time(int#=) @current_time! since=4.1
current_timestamp() timestamp!
current_timezone() string!
date(any) @cast
date_add(DAY, days) date
date_diff(DAY, DAY) int as=date_diff
date_format(timestamp, string) string
date_from_unix_date(int) date
date_part(string#, any) @date_part
date_sub(DAY, days) date
date_trunc(string, timestamp) timestamp?
dateadd(DAY, days) date as=date_add
datediff(DAY, DAY) int
datepart(string#, any) @date_part
day(DAY) int
dayname(DAY) string
dayofmonth(DAY) int
dayofweek(DAY) int
dayofyear(DAY) int
extract(string, any) @date_part
from_unixtime(bigint, string=) string?
from_utc_timestamp(timestamp, string) timestamp
hour(timestamp|timestamp_ntz|time, any=, any=) int since=4.1:2,3
last_day(date) date
localtimestamp() timestamp_ntz!
make_date(int, int, int) date
make_dt_interval(int=, int=, int=, seconds=) daytime
make_interval(int=, int=, int=, int=, int=, int=, seconds=) calendar_interval
make_time(int, int, decimal) time since=4.1
make_timestamp(any, any=, any=, any=, any=, any=, any=) @make_timestamp takes=1,2,3,6,7 since=4.1:1,2,3
make_timestamp_ltz(any, any=, any=, any=, any=, any=, any=) @make_timestamp takes=2,3,6,7 since=4.1:2,3
make_timestamp_ntz(any, any=, any=, any=, any=, any=) @make_timestamp takes=2,6 since=4.1:2
make_ym_interval(int=, int=) yearmonth
minute(timestamp|timestamp_ntz|time, any=, any=) int since=4.1:2,3
month(DAY) int
monthname(DAY) string
months_between(timestamp, timestamp, boolean=) double
next_day(date, string) date?
now() timestamp!
quarter(DAY) int
second(timestamp|timestamp_ntz|time, any=, any=) int since=4.1:2,3
session_window(timestamp|timestamp_ntz|struct, any) @session_window
time_diff(string, time, time) bigint since=4.1
time_trunc(string, time) time since=4.1
time(any) @unknown since=4.1
timestamp(any) @cast
timestamp_micros(integral) timestamp
timestamp_millis(integral) timestamp
timestamp_seconds(numeric^) @seconds
timestampadd(string, int, any) @timestampadd
timestampdiff(string, timestamp, timestamp) bigint
to_date(any, string=) @to_time
to_time(string, string=) time since=4.1
to_timestamp(any, string=) @to_time
to_timestamp_ltz(any, string=) @to_time
to_timestamp_ntz(any, string=) @to_time
to_unix_timestamp(string^|date^|timestamp^|timestamp_ntz^, string^=) bigint
to_utc_timestamp(timestamp, string) timestamp
trunc(date, string) date?
try_make_interval(int, int=, int=, int=, int=, int=, seconds=) calendar_interval?
try_make_timestamp(any, any=, any=, any=, any=, any=, any=) @make_timestamp? takes=1,2,3,6,7 since=4.1:1,2,3
try_make_timestamp_ltz(any, any=, any=, any=, any=, any=, any=) @make_timestamp? takes=2,3,6,7 since=4.1:2,3
try_make_timestamp_ntz(any, any, any=, any=, any=, any=) @make_timestamp? takes=2,6 since=4.1:2
try_to_date(string|date|timestamp|timestamp_ntz, string=) @try_to_date since=4.1
try_to_time(string, string=) time? since=4.1
try_to_timestamp(any, string=) @to_time?
unix_date(date^) int
unix_micros(timestamp^) bigint
unix_millis(timestamp^) bigint
unix_seconds(timestamp^) bigint
unix_timestamp(string^|date^|timestamp^|timestamp_ntz^=, string^=) bigint
weekday(DAY) int
weekofyear(DAY) int
window(timestamp|timestamp_ntz|struct, any#, any#=, any#=) @window
window_time(struct) timestamp?
year(DAY) int
`.replaceAll("DAY", "day");
