import { homedir } from 'node:os';
import { join } from 'node:path';

/** The system, as far as it decides where a user’s files lie. */
export interface UserSystem {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * The folder in which this user’s settings of Klaxon lie: `$XDG_CONFIG_HOME/Klaxon` (else `~/.config/Klaxon`), `%APPDATA%\Klaxon`,
 * `~/Library/Application Support/Klaxon`. It is where the desktop keeps its own where nothing else is said, by Electron’s rule;
 * a test of a real window holds the two together.
 */
export function userConfigFolder({ platform, env, home }: UserSystem): string {
  return join(configRoot(platform, env, home), 'Klaxon');
}

/** The system that this process runs on. */
export function thisUserSystem(env: UserSystem['env']): UserSystem {
  return { platform: process.platform, env, home: homeFolder() };
}

/** An account that the system does not know has none, as in a container; there it is the root that stands for it. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '/';
  }
}

function configRoot(platform: NodeJS.Platform, env: UserSystem['env'], home: string): string {
  if (platform === 'win32') return nonEmpty(env['APPDATA']) ?? join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return nonEmpty(env['XDG_CONFIG_HOME']) ?? join(home, '.config');
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
