import type { ServiceDefinition } from './service-definition.ts';
import {
  FILE_OPTION,
  FILE_VARIABLE,
  PROFILE_OPTION,
  PROFILE_VARIABLE,
  SETTING_NAMES,
  settingMeaning,
  settingOf,
} from './setting-table.ts';

/** What `klaxon serve NAME --help` prints. */
export function serviceHelp({ name, summary, httpAddress }: ServiceDefinition): string {
  const rows = SETTING_NAMES.map((setting) => {
    const { variable, fallback, isSecret } = settingOf(setting);
    const standard = setting === 'http-address' ? httpAddress : fallback;
    const option = isSecret === true ? '(no option)' : `--${setting}`;
    const tail = standard === undefined ? '' : ` [${standard}]`;
    return [option, variable, `${settingMeaning(setting)}${tail}`] as const;
  });
  const all = [
    ...rows,
    [`--${FILE_OPTION}`, FILE_VARIABLE, 'File of settings, as JSON.'] as const,
    [`--${PROFILE_OPTION}`, PROFILE_VARIABLE, 'Connection profile (klaxon profiles).'] as const,
  ];
  const lines = all.map(
    ([option, variable, help]) => `  ${option.padEnd(24)} ${variable.padEnd(26)} ${help}`,
  );
  return [
    `klaxon serve ${name}: ${summary}.`,
    '',
    'Each setting by option, by environment variable, or by the same name in the file, by the profile; the first of them holds.',
    '',
    ...lines,
    '',
    `Example: klaxon serve ${name} --bootstrap-servers kafka:9092 --registry http://registry:8081`,
    '',
  ].join('\n');
}
