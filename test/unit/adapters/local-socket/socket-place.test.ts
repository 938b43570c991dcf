import { describe, expect, it } from 'vitest';
import { placesOf, type Surroundings } from '../../../../adapters/local-socket/socket-place.ts';

const LINUX: Surroundings = {
  platform: 'linux',
  uid: 1000,
  runtimeFolder: '/run/user/1000',
  temporaryFolder: '/tmp',
};

describe('where the socket of a log may lie', () => {
  it('is beside the log, then in the folder of the session, then in the temporary one', () => {
    const [beside, session, temporary, ...more] = placesOf('/srv/a/log', LINUX);
    expect(beside).toEqual({
      path: '/srv/a/log/console/log.sock',
      folder: '/srv/a/log/console',
    });
    expect(session?.path).toMatch(/^\/run\/user\/1000\/klaxon\/[0-9a-f]{32}\.sock$/);
    expect(temporary?.path).toMatch(/^\/tmp\/klaxon-1000\/[0-9a-f]{32}\.sock$/);
    expect(more).toEqual([]);
  });

  it.each([
    ['linux', 107],
    ['darwin', 103],
  ])('is on %s never a path of more than %i bytes, whatever its letters', (platform, most) => {
    const around = { ...LINUX, platform };
    const rest = '/console/log.sock'.length;
    for (const letter of ['x', 'ä']) {
      const room = most - rest - 1;
      const fits = `/${letter.repeat(Math.floor(room / Buffer.byteLength(letter)))}`;
      expect(placesOf(fits, around)).toHaveLength(3);
      expect(placesOf(`${fits}${letter}`, around)).toHaveLength(2);
    }
    const deep = `/${'x'.repeat(120)}`;
    const nowhere = { ...around, runtimeFolder: deep, temporaryFolder: deep };
    expect(placesOf(deep, nowhere)).toEqual([]);
  });

  it('is not in a session’s folder that is none', () => {
    for (const runtimeFolder of [undefined, '', 'run']) {
      expect(placesOf('/srv/a/log', { ...LINUX, runtimeFolder })).toHaveLength(2);
    }
  });

  it('is on Windows a named pipe of the log’s own', () => {
    const windows = { ...LINUX, platform: 'win32', uid: undefined, runtimeFolder: undefined };
    const log = String.raw`C:\Users\a\klaxon\log`;
    const [pipe, ...more] = placesOf(log, windows);
    expect(pipe?.path).toMatch(/^\\\\\.\\pipe\\klaxon-[0-9a-f]{32}$/);
    expect(pipe?.folder).toBeNull();
    expect(more).toEqual([]);
    expect(placesOf(`${log}2`, windows)[0]?.path).not.toBe(pipe?.path);
    expect(placesOf(log, windows)).toEqual([pipe]);
  });
});
