/** How tasks come to their secrets: programs read them from environment variables. */
import type { Ir, Secret, Task } from "@mlspec/compiler";
import { call, dict, identifier, list, literal, type Py } from "../text/python.js";

/** What the template reads of a DAG's secrets. */
export interface SecretsView {
  /** By variable, where Airflow itself has them: a Variable's key, or a Connection and its field. */
  readonly places: Py | false;
  readonly variables: boolean;
  readonly connections: boolean;
  /** Whether there are places of both kinds. */
  readonly mixed: boolean;
  /** Keys of a Secret in the cluster. */
  readonly references: readonly { readonly constant: string; readonly value: Py }[];
}

export function secretsView(ir: Ir, tasks: readonly Task[]): SecretsView {
  const ids = new Set(tasks.flatMap((task) => secretsOf(ir, task).map(({ id }) => id)));
  const secrets = Object.values(ir.secrets).filter(({ id }) => ids.has(id));
  const places = secrets.flatMap(({ variable, from }): [string, Py][] => {
    if (from.kind === "airflow_variable") return [[variable, literal(from.key)]];
    return from.kind === "airflow_connection" ? [[variable, literal([from.connection, from.field])]] : [];
  });
  const variables = secrets.some(({ from }) => from.kind === "airflow_variable");
  const connections = secrets.some(({ from }) => from.kind === "airflow_connection");
  return {
    places: places.length > 0 && dict(places),
    variables,
    connections,
    mixed: variables && connections,
    references: secrets.flatMap((secret) => {
      if (secret.from.kind !== "kubernetes") return [];
      const { object, key } = secret.from;
      return [{ constant: constantOf(secret), value: call("Secret", ["env", secret.variable, object, key].map(literal)) }];
    }),
  };
}

/** What a task says of its secrets. */
export interface TaskSecrets {
  readonly secretVariables: Py | false;
  readonly secretReferences: Py | false;
}

export function taskSecrets(ir: Ir, task: Task): TaskSecrets {
  const secrets = secretsOf(ir, task);
  const fromAirflow = secrets.filter(({ from }) => from.kind === "airflow_variable" || from.kind === "airflow_connection");
  const fromCluster = secrets.filter(({ from }) => from.kind === "kubernetes");
  return {
    secretVariables:
      fromAirflow.length > 0 &&
      call("partial", [identifier("with_secrets")], { variables: literal(fromAirflow.map(({ variable }) => variable)) }),
    secretReferences: fromCluster.length > 0 && list(fromCluster.map((secret) => identifier(constantOf(secret)))),
  };
}

function secretsOf(ir: Ir, task: Task): readonly Secret[] {
  return (ir.programs[task.program]?.secrets ?? []).flatMap((id) => ir.secrets[id] ?? []);
}

function constantOf({ name }: Secret): string {
  return `${name.toUpperCase()}_SECRET`;
}
