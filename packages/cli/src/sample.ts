/** Data for a project that `mlspec init` starts, so that it runs at once. The same bytes on every machine. */

const DAY = 86_400_000;
const HOUR = DAY / 24;
const START = Date.parse("2026-01-01T00:00:00Z");
const DAYS = 120;
const CUSTOMERS = 300;

/** Files by path below the project's folder, for each template. */
export const samples: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  batch: { "lake/raw/orders/orders.csv": orders },
};

interface Order {
  readonly customer: string;
  readonly amount: number;
  readonly at: number;
  readonly received: number;
}

/**
 * Orders of shops' customers. Each orders at a pace of their own and leaves one day; before, the pace slackens, which is what a model can
 * see. A few orders come too late, and a few have no amount, so that checks have something to find.
 */
function orders(): string {
  const chance = chanceFrom(20_260_101);
  const all: Order[] = [];
  for (let customer = 1; customer <= CUSTOMERS; customer += 1) {
    const pace = (2 + 10 * chance()) * DAY;
    const leaves = START + (chance() < 0.6 ? chance() : 2) * DAYS * DAY;
    let at = START + chance() * pace;
    while (at < START + DAYS * DAY && at < leaves) {
      const isLate = chance() < 0.005;
      const size = chance();
      all.push({
        customer: `c${String(customer).padStart(4, "0")}`,
        amount: chance() < 0.004 ? 0 : Math.round(500 + 9500 * size * size) / 100,
        at,
        received: at + (isLate ? 2 * HOUR : chance() * (HOUR / 2)),
      });
      const slackens = at > leaves - 30 * DAY ? 2.5 : 1;
      at += pace * slackens * (0.5 + chance());
    }
  }
  all.sort((a, b) => a.at - b.at);
  const rows = all.map(({ customer, amount, at, received }, i) =>
    [`o${String(i + 1).padStart(6, "0")}`, customer, amount.toFixed(2), instant(at), instant(received)].join(","),
  );
  return ["order_id,customer_id,amount,ordered_at,received_at", ...rows, ""].join("\n");
}

function instant(at: number): string {
  return new Date(Math.floor(at)).toISOString();
}

/** Numbers from 0 to 1 that look like chance (mulberry32), with whole-number arithmetic alone. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
