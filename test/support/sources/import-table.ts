import type { ImportFound } from './imports-of.ts';

/** What one top folder may import: the row of the table in ARCHITECTURE.md. */
interface ImportRule {
  /** Other top folders (or single files of them): everything, or only types. */
  readonly folders: Readonly<Record<string, 'all' | 'types'>>;
  /** Packages; everything not named is refused. */
  readonly packages: readonly string[];
  /** `all`, or the modules of Node that are allowed. */
  readonly node: 'all' | readonly string[];
}

const HEADLESS: ImportRule = {
  folders: { core: 'all', schemas: 'all', adapters: 'all', services: 'all', cli: 'all' },
  packages: ['zod'],
  node: 'all',
};

/** The import table, one row a folder. */
export const IMPORT_TABLE: Readonly<Record<string, ImportRule>> = {
  core: { folders: { core: 'all' }, packages: [], node: [] },
  schemas: {
    // The closed word lists are the types' own values; a second list of the same words would be worse.
    folders: {
      core: 'types',
      'core/lib': 'all',
      'core/alarm/level.ts': 'all',
      'core/audit/audit.ts': 'all',
      'core/alarm/call-kind.ts': 'all',
      'core/effective-state/alarm-row.ts': 'all',
      'core/journal/transition.ts': 'all',
      'core/shelving/shelf-cause.ts': 'all',
      schemas: 'all',
    },
    packages: ['avsc'],
    node: ['node:buffer'],
  },
  ipc: { folders: { core: 'types', ipc: 'all' }, packages: ['zod'], node: [] },
  adapters: {
    folders: { core: 'all', schemas: 'all', adapters: 'all' },
    packages: ['kafkajs', 'classic-level', 'fzstd', 'zod', '@napi-rs/keyring'],
    node: 'all',
  },
  main: {
    folders: {
      core: 'all',
      schemas: 'all',
      ipc: 'all',
      adapters: 'all',
      main: 'all',
      services: 'all',
    },
    packages: ['electron', 'electron-log', 'electron-store', 'zod'],
    node: 'all',
  },
  preload: {
    folders: { 'ipc/channels.ts': 'all', ipc: 'types' },
    packages: ['electron'],
    node: [],
  },
  renderer: {
    folders: { core: 'all', ipc: 'types', renderer: 'all' },
    packages: ['react', 'react-dom', 'zustand'],
    node: [],
  },
  services: HEADLESS,
  cli: HEADLESS,
};

/** Packages that are known in one place only, because we may have to change them. */
export const ONE_HOME: Readonly<Record<string, string>> = {
  kafkajs: 'adapters/kafka/',
  'classic-level': 'adapters/embedded/',
  '@napi-rs/keyring': 'adapters/profiles/',
  electron: '(main|preload)/',
  react: 'renderer/',
};

/** Says what is wrong with an import of a file in a folder of the table, or answers undefined. */
export function violationOf(found: ImportFound): string | undefined {
  const folder = found.from.split('/')[0] ?? '';
  const rule = IMPORT_TABLE[folder];
  if (rule === undefined) return undefined;
  const reason =
    found.file === undefined
      ? reasonAgainstPackage(found, rule)
      : reasonAgainstFile(found, found.file, rule);
  return reason === undefined ? undefined : `${found.from} → ${found.specifier}: ${reason}`;
}

function reasonAgainstFile(
  found: ImportFound,
  file: string,
  { folders }: ImportRule,
): string | undefined {
  const place = Object.keys(folders)
    .filter((prefix) => file === prefix || file.startsWith(`${prefix}/`))
    .sort((a, b) => b.length - a.length)[0];
  if (place === undefined) return 'this folder may not import that one';
  if (folders[place] === 'types' && !found.isTypeOnly) return 'only types may be imported';
  const feature = featureOf(found.from);
  const isForeign = featureOf(file) !== undefined && featureOf(file) !== feature;
  return feature !== undefined && isForeign ? 'features do not import features' : undefined;
}

function reasonAgainstPackage(found: ImportFound, rule: ImportRule): string | undefined {
  const { specifier } = found;
  if (specifier.startsWith('node:')) {
    const isAllowed = rule.node === 'all' || rule.node.includes(specifier);
    return isAllowed ? undefined : 'this folder may not use that part of Node';
  }
  const name = packageOf(specifier);
  if (!rule.packages.includes(name)) return 'this folder may not use that package';
  const home = ONE_HOME[name];
  const isAtHome = home === undefined || new RegExp(`^${home}`).test(found.from);
  return isAtHome ? undefined : `only ${home} may use it`;
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function featureOf(file: string): string | undefined {
  return /^renderer\/features\/([^/]+)\//.exec(file)?.[1];
}
