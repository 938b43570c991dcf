import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../../core/alarm/level.ts';
import { LEVEL_PRESENTATION } from '../../../../renderer/ui/presentation.ts';

const css = readFileSync(join(import.meta.dirname, '../../../../renderer/ui/tokens.css'), 'utf8');
const gridCss = readFileSync(join(import.meta.dirname, '../../../../renderer/ui/grid.css'), 'utf8');
const DIM_OPACITY = Number(/data-blink="dim"[^}]*opacity: ([0-9.]+)/.exec(gridCss)?.[1]);
const THEMES = ['grey', 'dark', 'highContrast'] as const;
const GROUNDS = ['ground', 'panel', 'raised', 'strip', 'select', 'hover'];
/** Words in these colours stand on every ground. */
const TEXTS = ['text', 'muted', 'invalid', 'major', 'alarm', 'minor'];
/** The words of the phase stand on the status strip. */
const PHASES = ['ok', 'stale', 'major'];

function tokensOf(theme: string): Map<string, string> {
  const block = new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  const found = block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g);
  return new Map([...found].map(([, name = '', value = '']) => [name, value]));
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function blended(colour: string, ground: string, opacity: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [over = 0, under = 0] = [colour, ground].map((one) =>
      Number.parseInt(one.slice(at, at + 2), 16),
    );
    return Math.round(over * opacity + under * (1 - opacity))
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}

describe.each(THEMES)('theme %s', (theme) => {
  const tokens = tokensOf(theme);
  const of = (name: string): string => tokens.get(name) ?? 'missing';

  it.each(GROUNDS.flatMap((ground) => TEXTS.map((text) => [text, ground] as const)))(
    'text in %s on %s has at least 4.5 : 1',
    (text, ground) => {
      expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(PHASES)('the phase in %s on the strip has at least 4.5 : 1', (phase) => {
    expect(contrast(of(phase), of('strip'))).toBeGreaterThanOrEqual(4.5);
  });

  it('a primary button has at least 4.5 : 1', () => {
    expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(GROUNDS.flatMap((ground) => LEVELS.map((level) => [level, ground] as const)))(
    'the shape of %s on %s has at least 3 : 1',
    (level, ground) => {
      expect(contrast(of(LEVEL_PRESENTATION[level].token), of(ground))).toBeGreaterThanOrEqual(3);
    },
  );

  it.each(
    ['ground', 'panel', 'raised'].flatMap((on) => LEVELS.map((level) => [level, on] as const)),
  )('the shape of %s on %s keeps 3 : 1 in the dim half of its blink', (level, on) => {
    const dim = blended(of(LEVEL_PRESENTATION[level].token), of(on), DIM_OPACITY);
    expect(contrast(dim, of(on))).toBeGreaterThanOrEqual(3);
  });

  it.each(['ground', 'panel', 'raised', 'strip'])(
    'the edges of fields and buttons on %s have at least 3 : 1',
    (ground) => {
      expect(contrast(of('edge'), of(ground))).toBeGreaterThanOrEqual(3);
      expect(contrast(of('accent'), of(ground))).toBeGreaterThanOrEqual(3);
    },
  );

  it('the hatching of a deaf frame has at least 3 : 1 between its stripes', () => {
    expect(contrast(of('hatch'), '#1a1a1a')).toBeGreaterThanOrEqual(3);
  });
});
