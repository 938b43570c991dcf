/** With what a service ends (docs/operations.md); the numbers are those of BSD's sysexits. */
export const EXIT_CODES = {
  /** Stopped by a signal, in order; or `--help`. */
  stopped: 0,
  /** An unknown option, or one whose value cannot be. */
  usage: 64,
  /** The address of the health endpoint cannot be had. */
  unavailable: 69,
  /** A fault of the program. */
  software: 70,
  /** Told to stop, it did not come to an end within five seconds. */
  notStopped: 75,
  /** The environment or the file of settings holds what cannot be. */
  config: 78,
  /** A second signal, SIGINT or SIGTERM: ended at once. */
  interrupted: 130,
  terminated: 143,
} as const;
