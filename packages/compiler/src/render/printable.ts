/** Text with signs in place of control characters and direction marks, which could drive a terminal or turn what is read around. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters and direction marks are what is replaced.
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, "\uFFFD");
}
