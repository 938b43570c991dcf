import { EXIT_CODES } from './exit-codes.ts';

/** What ends a service. */
export interface StopSignals {
  /** Answers at the first signal. */
  readonly first: Promise<NodeJS.Signals>;
  /** Answers with the exit code at a second signal, or at a fault that nobody handled: there is no waiting any more. */
  readonly atOnce: Promise<number>;
  release(): void;
}

/** Listens for SIGTERM, SIGINT and faults until it is released; `onFault` is told of the fault first. */
export function listenForStop(onFault: (fault: unknown) => void): StopSignals {
  const first = deferred<NodeJS.Signals>();
  const atOnce = deferred<number>();
  let count = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    count += 1;
    if (count === 1) first.resolve(signal);
    else atOnce.resolve(signal === 'SIGINT' ? EXIT_CODES.interrupted : EXIT_CODES.terminated);
  };
  const onUncaught = (fault: unknown): void => {
    onFault(fault);
    atOnce.resolve(EXIT_CODES.software);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.on('uncaughtException', onUncaught);
  return {
    first: first.promise,
    atOnce: atOnce.promise,
    release() {
      process.off('SIGTERM', onSignal);
      process.off('SIGINT', onSignal);
      process.off('uncaughtException', onUncaught);
    },
  };
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
