/** Strings that want to be something else: code, markup, structure. */
import fc from "fast-check";

const PIECES = [
  '"', "'", '"""', "'''", "\\", "\\n", "\n", "\r", "\r\n", "\t", "\0", "\u2028", "\u2029", "\u0085", "\ufeff", "\u202e", "\ud800", "\udc00", "\u{1f4a9}", "é", "İ",
  "{{ x }}", "{% x %}", "{{", "}}", "{#", "${x}", "$(id)", "`id`", "$HOME", "%(x)s", "%s", "{0}", "*/", "/*", "//", "-- ", "#", " #", ": ", "- ", "? ", "&a", "*a", "!!python/object:os.system", "<<", "|", ">", "%YAML",
  "on", "off", "yes", "no", "null", "~", "true", "1_000", "0x1f", "1e3", "012", "2026-01-01", ".inf", "=", "@", "---", "...", ";", "&&", "||", "\nRUN id", "\nimport os", "\n    return 1", "os.system('id')", "' OR 1=1 --", "<script>", "&amp;", "]]>", "\\u0000", "\\x", "\\", " ", "", "a".repeat(300),
] as const;

export const hostile: fc.Arbitrary<string> = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) }), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));
