/**
 * @param {(program: string, packages: string) => string} need
 * @returns {Promise<string>}
 */
export async function makeAppImageTools(need) {
  return need('mksquashfs', 'squashfs-tools');
}
