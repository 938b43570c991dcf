import { ok, type Result } from '../../../core/lib/result.ts';
import type { Cluster } from '../connection/cluster.ts';
import type { Acl } from '../protocol/acl-words.ts';
import { addAcls, isSameAcl, removeAcls } from './acls.ts';
import type { AdminProblem } from './admin-problem.ts';
import { aclsOfRole, ROLES, type Role } from './roles.ts';

/** Gives a user the least rights of a role, from every host. Again changes nothing. Answers the rules. */
export async function grantRole(
  cluster: Cluster,
  role: Role,
  user: string,
): Promise<Result<readonly Acl[], AdminProblem>> {
  const acls = aclsOfRole(role, user);
  const added = await addAcls(cluster, acls);
  return added.ok ? ok(acls) : added;
}

/**
 * Takes the rights of a role from a user, and answers the rules that are gone. Rights that one of `kept`, the roles that
 * the user goes on having, needs too stay; so does everything that was given otherwise.
 */
export async function revokeRole(
  cluster: Cluster,
  role: Role,
  user: string,
  kept: readonly Role[] = [],
): Promise<Result<readonly Acl[], AdminProblem>> {
  const needed = kept.flatMap((other) => aclsOfRole(other, user));
  const acls = aclsOfRole(role, user).filter(
    (acl) => !needed.some((other) => isSameAcl(acl, other)),
  );
  return removeAcls(cluster, acls);
}

/** The roles of which a user has every right by rules of its own. */
export function rolesHeldBy(acls: readonly Acl[], user: string): readonly Role[] {
  return ROLES.filter((role) =>
    aclsOfRole(role, user).every((needed) => acls.some((acl) => isSameAcl(acl, needed))),
  );
}

/** The roles that a user has besides this one; those whose every right is one of this role too are not told apart from it. */
export function rolesBeside(acls: readonly Acl[], role: Role, user: string): readonly Role[] {
  const own = aclsOfRole(role, user);
  return rolesHeldBy(acls, user).filter((other) =>
    aclsOfRole(other, user).some((acl) => !own.some((one) => isSameAcl(acl, one))),
  );
}
