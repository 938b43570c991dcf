import { EXIT_CODES } from './exit-codes.ts';

/** The signals that end a service. */
export interface StopSignals {
  /** Answers at the first signal. */
  readonly first: Promise<NodeJS.Signals>;
  /** Answers at the second one, with the exit code: there is no waiting any more. */
  readonly second: Promise<number>;
  release(): void;
}

/** Listens for SIGTERM and SIGINT until it is released. */
export function listenForStop(): StopSignals {
  const first = deferred<NodeJS.Signals>();
  const second = deferred<number>();
  let count = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    count += 1;
    if (count === 1) first.resolve(signal);
    else second.resolve(signal === 'SIGINT' ? EXIT_CODES.interrupted : EXIT_CODES.terminated);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return {
    first: first.promise,
    second: second.promise,
    release() {
      process.off('SIGTERM', onSignal);
      process.off('SIGINT', onSignal);
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
