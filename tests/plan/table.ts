/** Changes of every kind of definition, and what they mean. */
import { data } from "./table/data.js";
import { frame } from "./table/frame.js";
import { learning } from "./table/learning.js";
import type { Row } from "./table/rows.js";
import { writing } from "./table/writing.js";

export const table: Readonly<Record<string, Row>> = { ...writing, ...data, ...learning, ...frame };
