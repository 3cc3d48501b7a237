/** Words that Spark 4.1 reserves under ANSI with enforced keywords, and those that stand for a value or a function without parentheses: as names they are quoted. */
export const RESERVED: ReadonlySet<string> = new Set(
  (
    "all and anti any array as at authorization between both by case cast check collate column commit constraint create cross current_date current_time current_timestamp current_user " +
    "date delete describe distinct div drop else end escape except exists extract false fetch filter for foreign from full function grant group grouping having hour if in inner insert intersect interval " +
    "into is join lateral leading left like limit local map minus minute month natural no not null nullif of on only or order outer overlaps partition position primary range references " +
    "revoke right rlike rollback row rows second select semi session_user set some start struct table tablesample then time timestamp to trailing true truncate union unique unknown update user using values when where " +
    "window with within year"
  ).split(" "),
);
