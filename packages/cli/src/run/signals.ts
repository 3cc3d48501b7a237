/** Signals that ask the command to end. */

const SIGNALS: Readonly<Partial<Record<NodeJS.Signals, number>>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Ends this process on a signal, once `stop` has ended what it has started. What waits for `held` then goes no further: that all has failed says nothing. */
export function onSignal(stop: () => Promise<void>): { off(): void; held(): Promise<void> } {
  let asked = false;
  const handle = (signal: NodeJS.Signals): void => {
    const end = (): never => process.exit(SIGNALS[signal] ?? 1);
    if (asked) return;
    asked = true;
    void stop().finally(end);
  };
  const names = Object.keys(SIGNALS) as NodeJS.Signals[];
  for (const name of names) process.on(name, handle);
  return {
    held: () => (asked ? new Promise<void>(() => undefined) : Promise.resolve()),
    off: () => {
      for (const name of names) process.off(name, handle);
    },
  };
}
