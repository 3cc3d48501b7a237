import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { texts } from "../../src/generated/templates.js";
import { kubernetes } from "../../src/kubernetes/index.js";
import { clusterIr, dataOf, emitAlone, existing, localIr } from "../cluster.js";

const OPTIONS = { version: "1.34", namespace: "shop" };
const AIRFLOW = ["schedule:daily_0200", "schedule:sundays_0400"] as const;

const kinds = (data: unknown): readonly string[] => (data as readonly { readonly kind: string }[]).map(({ kind }) => kind);

it("writes nothing where the runtime is local", () => {
  expect(emitAlone(kubernetes, localIr, OPTIONS)).toEqual({ files: [], links: {}, diagnostics: [] });
  expect(kubernetes.provide(localIr, OPTIONS)).toEqual({});
});

it("says under which names its namespace and accounts are known", () => {
  expect(kubernetes.provide(clusterIr, OPTIONS)).toEqual({
    "namespace:shop": { kind: "reference", reference: "shop" },
    "service-account:serving.api_v1": { kind: "reference", reference: "shop-api-v1" },
    "service-account:spark": { kind: "reference", reference: "shop-spark" },
    "service-account:training": { kind: "reference", reference: "shop-training" },
  });
});

it("writes the objects of a service, and lists all files", () => {
  const result = emitAlone(kubernetes, clusterIr, OPTIONS, AIRFLOW);
  expect(kinds(dataOf(result, "api-v1.yaml"))).toEqual([
    "ConfigMap",
    "Deployment",
    "Service",
    "HorizontalPodAutoscaler",
    "PodDisruptionBudget",
    "NetworkPolicy",
  ]);
  expect(dataOf(result, "kustomization.yaml")).toMatchObject({
    namespace: "shop",
    resources: ["namespace.yaml", "service-accounts.yaml", "batch-network-policy.yaml", "api-v1.yaml"],
  });
  expect(dataOf(result, "namespace.yaml")).toMatchObject([
    { metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/enforce-version": "v1.34" } } },
  ]);
});

it("has a fixed number of replicas where nothing can scale", () => {
  const service = existing(clusterIr.services["api_v1"]);
  const ir = { ...clusterIr, services: { api_v1: { ...service, scale: { min: 3, max: 3, cpu: 0.5 } } } };
  const objects = dataOf(emitAlone(kubernetes, ir, OPTIONS, AIRFLOW), "api-v1.yaml");
  expect(kinds(objects)).not.toContain("HorizontalPodAutoscaler");
  expect(objects).toContainEqual(
    expect.objectContaining({ kind: "Deployment", spec: expect.objectContaining({ replicas: 3 }) as unknown }),
  );
});

it("gives settings a name that changes with them", () => {
  const name = (ir: typeof clusterIr): string =>
    existing(
      (
        dataOf(emitAlone(kubernetes, ir, OPTIONS, AIRFLOW), "api-v1.yaml") as readonly { readonly metadata: { readonly name: string } }[]
      )[0],
    ).metadata.name;
  const service = existing(clusterIr.services["api_v1"]);
  expect(name(clusterIr)).toMatch(/^api-v1-[0-9a-f]{8}$/);
  expect(name({ ...clusterIr, services: { api_v1: { ...service, port: 9090 } } })).not.toBe(name(clusterIr));
});

it("runs schedules itself where no other target does, one task after the other", () => {
  const result = emitAlone(kubernetes, clusterIr, OPTIONS);
  expect(dataOf(result, "schedule-daily-0200.yaml")).toMatchObject([
    {
      kind: "CronJob",
      metadata: { name: "daily-0200" },
      spec: {
        schedule: "0 2 * * *",
        timeZone: "UTC",
        jobTemplate: {
          spec: { template: { spec: { initContainers: [{ name: "ready-orders" }], containers: [{ name: "ingest-orders" }] } } },
        },
      },
    },
  ]);
  const [job] = dataOf(result, "schedule-sundays-0400.yaml") as readonly [
    {
      readonly spec: {
        readonly jobTemplate: {
          readonly spec: {
            readonly template: { readonly spec: { readonly initContainers: readonly { readonly args: readonly string[] }[] } };
          };
        };
      };
    },
  ];
  expect(job.spec.jobTemplate.spec.template.spec.initContainers[0]?.args.slice(-2)).toEqual(["--interval-end", "{end-7200}"]);
});

it("does not let an argument become a variable or an interval", () => {
  const before = existing(clusterIr.tasks["ingest.orders"]);
  const args = ["$(HOME)", "{start}", "{=x"].map((value) => ({ flag: "--x", value: { kind: "literal", value } as const }));
  const ir = { ...clusterIr, tasks: { ...clusterIr.tasks, "ingest.orders": { ...before, args } } };
  expect(JSON.stringify(dataOf(emitAlone(kubernetes, ir, OPTIONS), "schedule-daily-0200.yaml"))).toContain(
    '"--x","$$(HOME)","--x","{={start}","--x","{={=x"',
  );
});

it.each(["Shop", "a b", "-a", "a\nb", "x".repeat(64), ""])("refuses %j as a namespace", (namespace) => {
  const result = emitAlone(kubernetes, clusterIr, { ...OPTIONS, namespace }, AIRFLOW);
  expect(result.files).toEqual([]);
  expect(result.diagnostics).toMatchObject([{ code: "invalid-namespace", severity: "error" }]);
});

const TICKS = `
import sys
exec(compile(sys.stdin.read().replace('if __name__ == "__main__":', "if False:"), "run_interval.py", "exec"))
for cron, zone, moment, want in [
    ("0 2 * * *", "UTC", "2026-01-05T02:00:00", "2026-01-04T02:00:00Z"),
    ("0 4 * * 0", "UTC", "2026-01-11T04:00:00", "2026-01-04T04:00:00Z"),
    ("0 4 * * 7", "UTC", "2026-01-11T04:00:00", "2026-01-04T04:00:00Z"),
    ("*/15 * * * *", "UTC", "2026-01-01T00:07:00", "2026-01-01T00:00:00Z"),
    ("0 0 1 jan *", "UTC", "2026-01-01T00:00:00", "2025-01-01T00:00:00Z"),
    ("0 4 13 * fri", "UTC", "2026-01-10T04:00:00", "2026-01-09T04:00:00Z"),
    ("0 9-17/2 * * mon-fri", "UTC", "2026-01-05T09:00:00", "2026-01-02T17:00:00Z"),
    ("0 0 29 2 *", "UTC", "2026-01-05T09:00:00", "2024-02-29T00:00:00Z"),
    ("0 4 * * *", "Europe/Paris", "2026-03-29T04:00:00", "2026-03-28T03:00:00Z"),
]:
    got = instant(Cron(cron).before(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))))
    assert got == want, (cron, got, want)
start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
words = [filled(word, start, end) for word in ["{start}", "{end-0}", "{end-3600}", "{={start}", "plain"]]
assert words == ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-01T23:00:00Z", "{start}", "plain"], words
print("right")
`;

it("goes on after a program that has nothing to do", () => {
  const script = join(mkdtempSync(join(tmpdir(), "mlspec-interval-")), "run_interval.py");
  writeFileSync(script, texts["kubernetes/run_interval.py"]);
  const code = (...words: readonly string[]): number | null =>
    spawnSync("python3", [script, "--cron", "0 2 * * *", ...words, "--", "python3", "-c", "raise SystemExit(4)"]).status;
  expect([code(), code("--skip", "4"), code("--skip", "75")]).toEqual([4, 0, 4]);
  rmSync(dirname(script), { recursive: true });
});

it("knows the tick before, in the schedule's zone", () => {
  const python = spawnSync("python3", ["-c", TICKS], { input: texts["kubernetes/run_interval.py"], encoding: "utf8" });
  expect(python.stderr).toBe("");
  expect(python.stdout.trim()).toBe("right");
});
