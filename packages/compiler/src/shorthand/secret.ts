import { mistake, ok, type Parsed } from "./result.js";

/** The name in `${secret.name}`, where that is the whole text. */
export function secretName(text: string): string | undefined {
  return /^\$\{secret\.([A-Za-z0-9_]+)\}$/.exec(text)?.[1];
}

/** The name of an object in a Kubernetes cluster. */
export function parseObjectName(text: string): Parsed<string> {
  return text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text)
    ? ok(text)
    : mistake(0, text.length, "objects of Kubernetes are named in small letters, digits, `-` and `.`, such as `fraud-secrets`");
}

export function parseSecretPrefix(text: string): Parsed<string> {
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(text)
    ? ok(text)
    : mistake(0, text.length, "a prefix has letters, digits and `_`, such as `FRAUD_`");
}

interface ConnectionField {
  readonly connection: string;
  readonly field: "login" | "password";
}

/** A field of a Connection in Airflow: `shop_db.password`. */
export function parseConnectionField(text: string): Parsed<ConnectionField> {
  const [, connection, field] = /^([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\.(login|password)$/.exec(text) ?? [];
  return connection === undefined || (field !== "login" && field !== "password")
    ? mistake(0, text.length, "a field of a Connection is written `shop_db.login` or `shop_db.password`: its id, a dot, the field")
    : ok({ connection, field });
}
