/** Effects on what is served: online stores, models, services and their clients, predictions. */
import { codeText } from "../5-lower/meaning.js";
import { canonical } from "../hash.js";
import type { Field } from "../data-type.js";
import type { Ir, Model, Service } from "../ir.js";
import { clientsOf, readersOf, type Found, type Pair, type Work } from "./effect.js";
import { at } from "./plan.js";
import { lastOf, names } from "./tables.js";

export function servingEffects(pair: Pair): readonly Found[] {
  return [...stores(pair), ...models(pair), ...services(pair), ...predictions(pair)];
}

/** What a thing of now was called before. */
function was({ moves }: Pair, definition: string): string {
  return moves.was(definition).slice(definition.indexOf(".") + 1);
}

function stores(pair: Pair): readonly Found[] {
  const { before, after } = pair;
  return Object.values(after.ir.stores).flatMap((store): readonly Found[] => {
    const old = at(before.ir.stores, `online.${was(pair, store.definition)}`);
    if (old?.generation === store.generation && old.path === store.path) return [];
    const stream = `tiles.${store.plan}`;
    const filledBy = at(after.ir.programs, stream) === undefined ? `materialise.${store.plan}` : stream;
    const work: readonly Work[] = [{ kind: "backfill", program: filledBy }];
    const why =
      old === undefined
        ? `the online store of ${store.definition} has to be there before it starts`
        : old.generation === store.generation
          ? `the online store of ${store.definition} lies elsewhere, and has to be there before it starts`
          : `the online store of ${store.definition} becomes another generation, and a running service reads the one before only`;
    const using = Object.values(after.ir.services).filter((service) => service.stores.includes(store.id));
    // What makes a service ask for a store: what it serves, or the place of all.
    const askers = old === undefined ? using.flatMap(({ definition, model }) => [definition, `models.${model}`]) : ["project"];
    const from = [store.definition, ...(old?.generation === store.generation || old === undefined ? askers : [])];
    const running = using.filter((service) => at(before.ir.services, was(pair, service.definition)) !== undefined);
    if (running.length === 0) return [{ definition: store.definition, class: "backfill", on: store.definition, why, from, work }];
    return running.map(({ definition, name }) => ({
      definition: store.definition,
      class: "online",
      on: definition,
      why,
      from,
      work: [...work, { kind: "roll_out", deployment: name }],
    }));
  });
}

function models(pair: Pair): readonly Found[] {
  return Object.values(pair.after.ir.models).flatMap((now) => {
    const old = at(pair.before.ir.models, was(pair, now.definition));
    return old === undefined ? [] : trained(pair, old, now);
  });
}

function trained(pair: Pair, old: Model, now: Model): readonly Found[] {
  const { definition } = now;
  const { meanings } = pair;
  const isCode = now.trainer.kind !== "class" && codeIn(pair.before.ir) !== codeIn(pair.after.ir);
  if (!meanings.isStale(definition) && !isCode) return [];
  const work: readonly Work[] = [{ kind: "retrain", model: now.name }];
  const from = [...(meanings.isStale(definition) ? [definition] : []), ...(isCode ? ["code"] : [])];
  const why = "its champion was trained by the definition before";
  return [{ definition, class: "backfill", on: definition, why, from, work }, ...unfit(pair, old, now)];
}

function codeIn({ code }: Ir): string {
  return canonical(code.map((file) => [file.path, codeText(file)]));
}

/** Deployments whose champion does not fit what they give it, until a new one is trained. */
function unfit(pair: Pair, old: Model, now: Model): readonly Found[] {
  const { meanings } = pair;
  const text = ({ name, type, nullable }: Model["inputs"][number]): string => canonical([name, type, nullable]);
  const gone = old.inputs.filter(({ name }) => !now.inputs.some((input) => input.name === name)).map(({ name }) => name);
  const come = now.inputs.filter(({ name }) => !old.inputs.some((input) => input.name === name)).map(({ name }) => name);
  const isOther = canonical(old.inputs.map(text)) !== canonical(now.inputs.map(text));
  const stale = now.inputs.map(({ group, column }) => `features.${group}.${column}`).filter((id) => meanings.isStale(id));
  if (!isOther && stale.length === 0) return [];
  const what = [...(gone.length > 0 ? [`without ${names(gone)}`] : []), ...(come.length > 0 ? [`with ${names(come)}`] : [])];
  const inputs = what.length > 0 ? what.join(" and ") : "of other types";
  const roll = (deployment: string): readonly Work[] => [
    { kind: "retrain", model: now.name },
    { kind: "roll_out", deployment },
  ];
  return readersOfModel(pair, now.name).map((deployment): Found => {
    const base = { definition: now.definition, on: `deployments.${deployment.name}`, from: [now.definition] };
    if (deployment.online)
      return {
        ...base,
        class: "online",
        why: isOther
          ? `it computes inputs ${inputs}, and takes no champion that was trained on others`
          : `its champion was trained on other values of ${names(stale.map(lastOf))}`,
        work: roll(deployment.name),
      };
    return gone.length > 0
      ? { ...base, class: "breaking", why: `its rows come ${inputs}, which the champion takes: scoring fails until a new one is trained` }
      : {
          ...base,
          class: "backfill",
          why: `its champion was trained on other ${isOther ? "inputs" : `values of ${names(stale.map(lastOf))}`}`,
        };
  });
}

/** Deployments of a model on both sides. */
function readersOfModel(pair: Pair, model: string): readonly { readonly name: string; readonly online: boolean }[] {
  return Object.values(pair.after.analysis.deployments)
    .filter((facts) => facts.model === model && at(pair.before.analysis.deployments, was(pair, facts.id)) !== undefined)
    .map(({ name, serve }) => ({ name, online: serve === "online" }));
}

function services(pair: Pair): readonly Found[] {
  return Object.values(pair.after.ir.services).flatMap((now): readonly Found[] => {
    const old = at(pair.before.ir.services, was(pair, now.definition));
    if (old === undefined) return [];
    const base = { definition: now.definition, on: clientsOf(now.definition), from: [now.definition, `models.${now.model}`] };
    const work: readonly Work[] = [{ kind: "roll_out", deployment: now.name }];
    const broken = [...requestBreaks(old, now), ...answerBreaks(pair, old, now)];
    const model = old.model === was(pair, `models.${now.model}`) ? [] : [otherModel(now, work)];
    return [...model, ...broken.map((why): Found => ({ ...base, class: "breaking", why, work }))];
  });
}

function otherModel({ definition, model }: Service, work: readonly Work[]): Found {
  const why = `it answers by models.${model} from now on, which needs a champion first`;
  return { definition, class: "online", on: definition, why, from: [], work: [{ kind: "retrain", model }, ...work] };
}

function requestBreaks(old: Service, now: Service): readonly string[] {
  const field = (list: readonly Field[], name: string): Field | undefined => list.find((each) => each.name === name);
  return [
    ...old.request.filter(({ name }) => !field(now.request, name)).map(({ name }) => `requests with ${name} are refused`),
    ...now.request.flatMap((is) => {
      const before = field(old.request, is.name);
      if (before === undefined) return [`requests need ${is.name}`];
      if (canonical(before.type) !== canonical(is.type)) return [`${is.name} of requests has another type`];
      return before.nullable && !is.nullable ? [`${is.name} of requests may not be null any more`] : [];
    }),
  ];
}

function answerBreaks(pair: Pair, old: Service, now: Service): readonly string[] {
  const [a, b] = [at(pair.before.ir.models, old.model), at(pair.after.ir.models, now.model)];
  return answerOf(a) === answerOf(b) ? [] : ["what is predicted has another type"];
}

function answerOf(model: Model | undefined): string {
  return model?.task === "multiclass_classification" ? "class" : "number";
}

/** Tables of predictions. */
function predictions(pair: Pair): readonly Found[] {
  const { before, after } = pair;
  return Object.values(after.analysis.deployments).flatMap((now): readonly Found[] => {
    const [a, b] = [predicted(before.ir, was(pair, now.id)), predicted(after.ir, now.name)];
    if (a === undefined || b === undefined) return [];
    const differ = a.columns.filter(
      (column) => !b.columns.some((each) => canonical([each.name, each.type]) === canonical([column.name, column.type])),
    );
    const old = at(before.analysis.deployments, was(pair, now.id));
    const task = answerOf(at(before.ir.models, old?.model ?? "")) !== answerOf(at(after.ir.models, now.model));
    const columns = [...differ.map(({ name }) => name), ...(task ? ["prediction"] : [])];
    const why = `${names(columns)} of predictions ${columns.length === 1 ? "is" : "are"} no longer as before`;
    const from = [now.id, `models.${now.model}`];
    return columns.length === 0
      ? []
      : [{ definition: now.id, class: "breaking", on: readersOf(a.path), why, from, work: [{ kind: "rebuild", path: a.path }] }];
  });
}

function predicted(ir: Ir, deployment: string): { readonly path: string; readonly columns: readonly Field[] } | undefined {
  const dataset = at(ir.datasets, `predictions.${deployment}`);
  return dataset?.path === undefined ? undefined : { path: dataset.path, columns: dataset.columns };
}
