import { testLogin as tryLogin } from '../../adapters/kafka/administration/test-login.ts';
import { SASL_MECHANISMS } from '../../adapters/system/site-settings.ts';
import type { Command } from '../command/command.ts';
import { misused } from '../command/outcome.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { MECHANISM, PASSWORD_NOTE, USER, USER_PASSWORD } from '../options/user-options.ts';
import { saying } from '../output/say-done.ts';
import { secretOf } from '../site/secure-settings.ts';
import { withKafka } from '../site/with-cluster.ts';

/** Whether somebody's password opens a connection. */
export const testLogin: Command = {
  name: 'test-login',
  group: 'Users and rights',
  summary: 'Try whether a user can log in to the brokers',
  details: [`${PASSWORD_NOTE} Says nothing of what the user may do: that is klaxon who-may-what.`],
  operands: [USER],
  options: [{ ...MECHANISM, choices: SASL_MECHANISMS, fallback: 'scram-sha-512' }, ...SITE_OPTIONS],
  examples: [{ line: 'test-login alice', does: 'Asks for the password, and tries it.' }],
  run: async (call) => {
    const [user = ''] = call.given.operands;
    const password = await secretOf(call, USER_PASSWORD, `Password of ${user}`);
    if (!password.ok) return misused(password.error);
    const named = call.given.text(MECHANISM);
    const mechanism = SASL_MECHANISMS.find((one) => one === named) ?? 'scram-sha-512';
    return withKafka(call, async ({ settings: { sasl: _own, ...settings } }) => {
      const login = { mechanism, username: user, password: password.value };
      return saying(call, await tryLogin(settings, login), `user ${user} can log in`);
    });
  },
};
