/** The built-in emitters, by the key of `targets` that asks for each. They come through the same interface as anybody's. */
import type { Emitter } from "@mlspec/compiler";
import { airflow } from "./airflow/index.js";
import { docker } from "./docker/index.js";
import { feast } from "./feast/index.js";
import { kubernetes } from "./kubernetes/index.js";
import { python } from "./python/index.js";
import { spark } from "./spark/index.js";

export const builtins: Readonly<Record<string, Emitter>> = { airflow, docker, feast, kubernetes, python, spark };

export { builtinTemplates, templatesFor, type TemplateCompiler } from "./templates.js";
