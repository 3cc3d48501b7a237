import { didYouMean, error, hint, listOf, quote, warning, type DiagnosticTable } from "./define.js";

export const modelDiagnostics = {
  "unknown-estimator": error(
    (p: { name: string; version: string; known: readonly string[]; nearest?: string | undefined }) =>
      `scikit-learn ${p.version} has no classifier or regressor ${quote(p.name)}.${p.nearest === undefined ? ` What is put together first, such as a pipeline, is built by a factory in your code: ${quote("estimator: src/model.py:build")}.` : didYouMean(p.nearest)}`,
    {
      what: "`estimator` names a class of scikit-learn that is not there, or that predicts nothing by itself.",
      why: "Training would fail on import, long after the data was prepared.",
      fix: "Correct the name. What has to be put together first (a pipeline, a search over parameters) is built by a factory in your code: `estimator: src/model.py:build`. If your `requirements.txt` names `scikit-learn`, its classes are yours to know, and nothing is checked.",
    },
  ),
  "unfit-estimator": error(
    (p: { estimator: string; reason: string }) =>
      `${quote(p.estimator)} is ${p.reason}. Choose another, or build it by a factory in your code: ${quote("estimator: src/model.py:build")}.`,
    {
      what: "The estimator exists, and cannot train this model: it is made for another task, tells no probabilities, or needs an object that a spec cannot say.",
      why: "Training would fail, or the model could not be measured and served.",
      fix: "Choose another estimator, or wrap it in a factory in your code: `estimator: src/model.py:build`.",
    },
  ),
  "unknown-parameter": error(
    (p: { name: string; estimator: string; known: readonly string[]; nearest?: string | undefined }) =>
      `${quote(p.estimator)} has no parameter ${quote(p.name)}.${p.nearest !== undefined ? didYouMean(p.nearest) : p.known.length === 0 ? " It has none." : p.known.length <= 12 ? ` It has ${listOf(p.known, "and")}.` : ""}`,
    {
      what: "`params` gives the estimator, or the factory that builds it, an argument that it does not take.",
      why: "The estimator could not be made, which shows only when training begins.",
      fix: "Correct the name; the documentation of scikit-learn lists the parameters of each estimator. A factory takes what its `def` lists, or anything by `**params`.",
    },
  ),
  "package-needed": warning(
    (p: { module: string; estimator: string }) =>
      `Nothing installs ${quote(p.module)}, where ${quote(p.estimator)} comes from. Add a \`requirements.txt\` that names its package to the project folder; images install what it lists.`,
    {
      what: "The estimator comes from a package that emitted programs do not bring, and the project has no `requirements.txt` among its `code`.",
      why: "In an image, training would fail on import.",
      fix: "Write `requirements.txt` in the project folder and name the package there, with its version. Where `code` is set, it has to list the file.",
    },
  ),
  "gate-range": error(
    (p: { gate: string; metric: string; least: string; most: string; always: "always" | "never" }) =>
      `${quote(p.gate)} is ${p.always} true: ${quote(p.metric)} is ${p.least === "" ? `at most ${p.most}` : p.most === "" ? `at least ${p.least}` : `between ${p.least} and ${p.most}`}. Compare it with a number that a model can miss and reach.`,
    {
      what: "A gate compares a metric with a number outside of the metric's range.",
      why: "No model would ever pass, or every model would.",
      fix: "Write a number within the range, such as `roc_auc >= 0.8`; or compare with the champion.",
    },
  ),
  "large-request": warning(
    (p: { value: string; kind: "cpu" | "memory"; most: string }) =>
      `${quote(p.value)} is more ${p.kind === "cpu" ? "CPU" : "memory"} than one machine has (${p.most}): no node could run this. ${p.kind === "cpu" ? "Thousandths of a core end in `m`: `500m` is half a core." : "Is the unit right? `512Mi` is half of `1Gi`."}`,
    {
      what: "A replica or run asks for more than 256 cores or 4 TiB of memory.",
      why: "The cluster accepts such a request, and the pod waits for ever for a node that can take it.",
      fix: "Correct the amount. `500m` is half a core, `500` are five hundred.",
    },
  ),
  "resources-idle": hint(
    (p: { id: string; key: string }) =>
      `No environment runs on Kubernetes, so ${quote(p.key)} of ${quote(p.id)} does nothing. Remove it, or add an environment with ${quote("runtime: kubernetes")}.`,
    {
      what: "`resources` and `scale` say what pods ask for and how many there are, and no environment has pods.",
      why: "On one machine a program takes what is there: whoever writes a limit believes that it holds.",
      fix: "Remove it, or add an environment with `runtime: kubernetes`.",
    },
  ),
} satisfies DiagnosticTable;
