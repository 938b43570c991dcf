/** What the console was started with: arguments and environment, parsed. */
export interface StartArguments {
  /** `--create-topics`: the user says that missing topics and subjects may be created. */
  readonly mayCreateTopics: boolean;
  /** `--user-data-dir=FOLDER`: settings, logs and the embedded log in another place; each folder is a console of its own. */
  readonly userFolder: string | null;
  /** `--profile NAME`: the connection profile; null where it is not given. Empty where its name is missing. */
  readonly profile: string | null;
  /** `KLAXON_REPORT=1`: phases and the alarm table on standard output, as JSON lines. */
  readonly isReporting: boolean;
  /** `KLAXON_SCREENSHOT=FILE`: where a picture of the painted window goes. */
  readonly screenshotPath: string | null;
  /** `KLAXON_CHECK_OUTPUT=1`: every answer to the window is held against the contract. On with a development server. */
  readonly isOutputChecked: boolean;
  /** `KLAXON_PLANT_SEED=N`, or `off` for no simulated plant (null). */
  readonly plantSeed: number | null;
  /** Address of the development server; null for the built page. Taken only from an unpackaged program, and only of this computer. */
  readonly devServer: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const USER_FOLDER = '--user-data-dir=';
const PROFILE = '--profile';
const FIRST_SEED = 1;

/** Parses what the program was started with; unknown arguments are Chromium's business. */
export function parseStart(
  argv: readonly string[],
  env: Environment,
  isPackaged: boolean,
): StartArguments {
  const devServer = isPackaged ? null : devServerOf(env['ELECTRON_RENDERER_URL'] ?? '');
  const check = env['KLAXON_CHECK_OUTPUT'];
  return {
    mayCreateTopics: argv.includes('--create-topics'),
    userFolder:
      argv.find((word) => word.startsWith(USER_FOLDER))?.slice(USER_FOLDER.length) ?? null,
    profile: profileOf(argv),
    isReporting: env['KLAXON_REPORT'] === '1',
    screenshotPath: env['KLAXON_SCREENSHOT'] ?? null,
    isOutputChecked: check === undefined ? devServer !== null : check === '1',
    plantSeed: plantSeedOf(env['KLAXON_PLANT_SEED']),
    devServer,
  };
}

function profileOf(argv: readonly string[]): string | null {
  const at = argv.findIndex((word) => word === PROFILE || word.startsWith(`${PROFILE}=`));
  const word = argv[at];
  if (word === undefined) return null;
  return word === PROFILE ? (argv[at + 1] ?? '') : word.slice(PROFILE.length + 1);
}

function plantSeedOf(text: string | undefined): number | null {
  if (text === 'off') return null;
  const seed = Number(text ?? FIRST_SEED);
  return Number.isSafeInteger(seed) ? seed : FIRST_SEED;
}

function devServerOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname } = new URL(address);
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  return protocol === 'http:' && isHere ? address : null;
}
