import { failure, ok, type Result } from '../../../core/lib/result.ts';
import { ask } from '../connection/ask.ts';
import type { Cluster } from '../connection/cluster.ts';
import {
  ALTER_SCRAM_USERS,
  readAlterScramUsersResponse,
  type ScramDeletion,
  type ScramUpsertion,
  writeAlterScramUsersRequest,
} from '../protocol/alter-scram-users.ts';
import {
  DESCRIBE_SCRAM_USERS,
  readDescribeScramUsersResponse,
  type ScramUserTold,
  writeDescribeScramUsersRequest,
} from '../protocol/describe-scram-users.ts';
import type { ScramMechanism } from '../protocol/scram-mechanism.ts';
import { type AdminProblem, adminProblemOf, ownProblem } from './admin-problem.ts';
import {
  DEFAULT_ITERATIONS,
  FEWEST_ITERATIONS,
  hashLogin,
  MOST_ITERATIONS,
} from './scram-secret.ts';
import { untilInEffect } from './until-in-effect.ts';

/** A user whose log-ins Kafka keeps. */
export type ScramUser = Pick<ScramUserTold, 'user' | 'credentials'>;

/** A password to be kept for a user. */
export interface NewLogin {
  readonly user: string;
  readonly password: string;
  /** SCRAM-SHA-512 where absent; for a change: every mechanism that the user has. */
  readonly mechanism?: ScramMechanism;
  /** 4,096 to 16,384; 8,192 where absent. */
  readonly iterations?: number;
}

/** All users that Kafka keeps log-ins for, by name; users of other kinds (TLS, Kerberos) are not among them. */
export async function listScramUsers(
  cluster: Cluster,
): Promise<Result<readonly ScramUser[], AdminProblem>> {
  const nodeId = await cluster.anyNode();
  if (!nodeId.ok) return nodeId;
  const answer = await ask(cluster, nodeId.value, {
    api: DESCRIBE_SCRAM_USERS,
    body: writeDescribeScramUsersRequest(),
    read: readDescribeScramUsersResponse,
  });
  if (!answer.ok) return answer;
  if (answer.value.errorCode !== 0) {
    const needs = 'Describe on the cluster';
    const asked = { doing: 'the list of users', address: cluster.address, needs };
    return failure(adminProblemOf(answer.value, asked));
  }
  const users = answer.value.users.map(({ user, credentials }) => ({ user, credentials }));
  return ok(users.toSorted((a, b) => (a.user < b.user ? -1 : 1)));
}

/** Makes a user who can log in from now on. `UserExists` where there is one of that name and mechanism already. */
export async function createScramUser(
  cluster: Cluster,
  login: NewLogin,
): Promise<Result<void, AdminProblem>> {
  const mechanism = login.mechanism ?? 'scram-sha-512';
  const found = await findUser(cluster, login.user);
  if (!found.ok) return found;
  if (found.value?.credentials.some((credential) => credential.mechanism === mechanism) === true) {
    return failure(userExists(login.user));
  }
  return keepLogins(cluster, login, [mechanism]);
}

/** Gives a user another password, whose old one no longer opens a connection. `UserMissing` where there is no such user. */
export async function changeScramPassword(
  cluster: Cluster,
  login: NewLogin,
): Promise<Result<void, AdminProblem>> {
  const found = await findUser(cluster, login.user);
  if (!found.ok) return found;
  if (found.value === undefined) return failure(userMissing(login.user));
  const held = found.value.credentials.map(({ mechanism }) => mechanism);
  return keepLogins(cluster, login, login.mechanism === undefined ? held : [login.mechanism]);
}

/**
 * Removes a user's log-ins, and answers when they are gone. Connections that stand go on; rights of the user stay and
 * would be those of a new user of the same name.
 */
export async function removeScramUser(
  cluster: Cluster,
  user: string,
): Promise<Result<void, AdminProblem>> {
  const found = await findUser(cluster, user);
  if (!found.ok) return found;
  if (found.value === undefined) return failure(userMissing(user));
  for (const { mechanism } of found.value.credentials) {
    const altered = await alter(cluster, [{ user, mechanism }], []);
    if (!altered.ok) return altered;
  }
  return untilInEffect(`the removal of user ${user}`, async () => {
    const left = await findUser(cluster, user);
    return left.ok ? ok(left.value === undefined) : left;
  });
}

async function findUser(
  cluster: Cluster,
  user: string,
): Promise<Result<ScramUser | undefined, AdminProblem>> {
  const users = await listScramUsers(cluster);
  return users.ok ? ok(users.value.find((each) => each.user === user)) : users;
}

async function keepLogins(
  cluster: Cluster,
  { user, password, iterations = DEFAULT_ITERATIONS }: NewLogin,
  mechanisms: readonly ScramMechanism[],
): Promise<Result<void, AdminProblem>> {
  const fault = faultOf(user, password, iterations);
  if (fault !== null) return failure(fault);
  // One after the other: a broker refuses a request that names a user twice.
  for (const mechanism of mechanisms) {
    const login = await hashLogin({ user, password, mechanism, iterations });
    const altered = await alter(cluster, [], [login]);
    if (!altered.ok) return altered;
  }
  return untilInEffect(`the log-in of user ${user}`, async () => {
    const found = await findUser(cluster, user);
    if (!found.ok) return found;
    const kept = found.value?.credentials.map(({ mechanism }) => mechanism) ?? [];
    return ok(mechanisms.every((mechanism) => kept.includes(mechanism)));
  });
}

async function alter(
  cluster: Cluster,
  deletions: readonly ScramDeletion[],
  upsertions: readonly ScramUpsertion[],
): Promise<Result<void, AdminProblem>> {
  const nodeId = await cluster.controller();
  if (!nodeId.ok) return nodeId;
  const answer = await ask(cluster, nodeId.value, {
    api: ALTER_SCRAM_USERS,
    body: writeAlterScramUsersRequest(deletions, upsertions),
    read: readAlterScramUsersResponse,
  });
  if (!answer.ok) return answer;
  const refused = answer.value.find(({ errorCode }) => errorCode !== 0);
  if (refused === undefined) return ok(undefined);
  const doing = `the change of user ${refused.user}`;
  const needs = 'Alter on the cluster';
  return failure(adminProblemOf(refused, { doing, address: cluster.address, needs }));
}

function faultOf(user: string, password: string, iterations: number): AdminProblem | null {
  if (user === '') return ownProblem('Invalid', 'The user has no name.', 'Name the user.');
  if (password === '') {
    return ownProblem('Invalid', 'The password is empty.', 'Choose a password.');
  }
  if (iterations >= FEWEST_ITERATIONS && iterations <= MOST_ITERATIONS) return null;
  return ownProblem(
    'Invalid',
    `A password is hashed ${FEWEST_ITERATIONS} to ${MOST_ITERATIONS} times, not ${iterations}.`,
    `Leave the iterations at ${DEFAULT_ITERATIONS}.`,
  );
}

function userExists(user: string): AdminProblem {
  return ownProblem(
    'UserExists',
    `There is a user ${user} already.`,
    'Choose another name, or change the password of the user.',
  );
}

function userMissing(user: string): AdminProblem {
  return ownProblem(
    'UserMissing',
    `There is no user ${user} whose log-in Kafka keeps.`,
    'Look at the list of users for the name.',
  );
}
