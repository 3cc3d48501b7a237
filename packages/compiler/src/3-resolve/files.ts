import type { Document } from "../1-parse/index.js";
import type { Role } from "../2-validate/index.js";

/** A parsed file and its place in the project. */
export interface ProjectFile {
  readonly document: Document;
  readonly role: Role;
  /** It was checked by itself, and nothing is wrong in it. */
  readonly clean?: boolean;
  /** What it says or includes is not all there, which is reported: what is missing may be in that. */
  readonly incomplete?: boolean;
}
