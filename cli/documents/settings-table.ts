import { SERVICES } from '../../services/host/services.ts';
import {
  FILE_OPTION,
  FILE_VARIABLE,
  PROFILE_OPTION,
  PROFILE_VARIABLE,
  SETTING_NAMES,
  type SettingName,
  settingMeaning,
  settingOf,
} from '../../services/host/setting-table.ts';
import { markdownTable } from './markdown-table.ts';

const BEGIN = '<!-- settings: written by npm run docs -->';
const END = '<!-- end of settings -->';

/** docs/operations.md with its table of settings as the services read them. Throws where the place for it is gone. */
export function withSettings(document: string): string {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`There is no "${BEGIN}".`);
  return [before + BEGIN, '', ...settingsTable(), END + after].join('\n');
}

function settingsTable(): readonly string[] {
  const own = [
    [`\`--${FILE_OPTION} FILE\``, `\`${FILE_VARIABLE}\``, 'The file.', ''],
    [`\`--${PROFILE_OPTION} NAME\``, `\`${PROFILE_VARIABLE}\``, 'The connection profile.', ''],
  ];
  return markdownTable(
    ['option, name in the file', 'variable', 'means', 'default'],
    [...own, ...SETTING_NAMES.map(row)],
  );
}

function row(name: SettingName): readonly string[] {
  const { variable, value, isSecret } = settingOf(name);
  const word = value === undefined ? `--${name}` : `--${name} ${value}`;
  const place = isSecret === true ? `\`${name}\`, file only` : `\`${word}\``;
  return [place, `\`${variable}\``, settingMeaning(name), fallbackOf(name)];
}

function fallbackOf(name: SettingName): string {
  if (name !== 'http-address') return settingOf(name).fallback ?? '';
  return Object.values(SERVICES)
    .map((service) => `\`${service.httpAddress}\` ${service.name}`)
    .join(', ');
}
