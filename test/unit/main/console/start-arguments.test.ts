import { describe, expect, it } from 'vitest';
import { parseStart } from '../../../../main/console/start-arguments.ts';

describe('parseStart', () => {
  it('asks for nothing where nothing is said', () => {
    expect(parseStart(['klaxon', '.'], {}, false)).toEqual({
      mayCreateTopics: false,
      userFolder: null,
      profile: null,
      isReporting: false,
      screenshotPath: null,
      isOutputChecked: false,
      plantSeed: 1,
      devServer: null,
    });
  });

  it('takes the arguments and the environment', () => {
    const argv = [
      'klaxon',
      '.',
      '--create-topics',
      '--user-data-dir=/tmp/a b',
      '--profile',
      'plant',
    ];
    const env = {
      KLAXON_REPORT: '1',
      KLAXON_SCREENSHOT: 'a.png',
      KLAXON_CHECK_OUTPUT: '1',
      KLAXON_PLANT_SEED: '42',
    };
    expect(parseStart(argv, env, true)).toEqual({
      mayCreateTopics: true,
      userFolder: '/tmp/a b',
      profile: 'plant',
      isReporting: true,
      screenshotPath: 'a.png',
      isOutputChecked: true,
      plantSeed: 42,
      devServer: null,
    });
  });

  it.each([
    [['klaxon', '--profile=plant', 'x'], 'plant'],
    [['klaxon', '--profile'], ''],
    [['klaxon', '--profile-directory=x'], null],
  ])('takes the profile of %o', (argv, profile) => {
    expect(parseStart(argv, {}, true).profile).toBe(profile);
  });

  it('runs no plant where it is told off, and the first one where the seed makes no sense', () => {
    expect(parseStart([], { KLAXON_PLANT_SEED: 'off' }, false).plantSeed).toBeNull();
    expect(parseStart([], { KLAXON_PLANT_SEED: 'x' }, false).plantSeed).toBe(1);
  });

  it.each([
    ['of another computer', 'http://192.0.2.1:5173', false],
    ['of another scheme', 'file:///tmp/index.html', false],
    ['that is nonsense', 'nonsense', false],
    ['in a packaged program', 'http://localhost:5173', true],
  ])('takes no development server %s', (_, address, isPackaged) => {
    expect(parseStart([], { ELECTRON_RENDERER_URL: address }, isPackaged).devServer).toBeNull();
  });

  it('checks every answer where a development server runs', () => {
    const parsed = parseStart([], { ELECTRON_RENDERER_URL: 'http://localhost:5173' }, false);
    expect(parsed).toMatchObject({ devServer: 'http://localhost:5173', isOutputChecked: true });
  });
});
