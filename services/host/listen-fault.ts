/**
 * Why nothing can be answered on an address, from what the operating system says: the end of a sentence such as “The
 * address x cannot be had: …”, without its full stop. What is not known here is said in the system’s own words.
 */
export function listenFault(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  return LISTEN_FAULTS.get(code) ?? error.message;
}

const LISTEN_FAULTS: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'another program answers there, perhaps this service a second time'],
  ['EADDRNOTAVAIL', 'it is no address of this computer'],
  ['EACCES', 'this user may not take that port'],
  ['EPERM', 'this user may not take that port'],
  ['EAFNOSUPPORT', 'this computer has no network of that kind'],
  ['ENOTFOUND', 'its host name is not known'],
  ['EAI_AGAIN', 'its host name is not known'],
]);
