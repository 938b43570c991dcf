import type { Acl } from '../../adapters/kafka/protocol/acl-words.ts';
import type { CommandCall } from '../command/command.ts';
import type { Outcome } from '../command/outcome.ts';
import { printRows } from './rows.ts';

/** Prints rules, one a line. */
export function printAcls(call: CommandCall, acls: readonly Acl[]): Promise<Outcome> {
  return printRows(call, acls, ['WHO', 'FROM', 'MAY', 'WHAT', 'ON'], aclCells);
}

/** A rule as cells: who, from where, allow or deny, the operation, on what. */
export function aclCells(acl: Acl): readonly string[] {
  const { principal, host, permission, operation, resource, name, pattern } = acl;
  const on = pattern === 'prefixed' ? `every ${resource} that begins with ${name}` : name;
  const what =
    resource === 'cluster' ? 'the cluster' : pattern === 'prefixed' ? on : `${resource} ${on}`;
  return [principal, host, permission, operation, what];
}
