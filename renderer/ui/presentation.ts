import type { Level } from '../../core/alarm/level.ts';
import type { EffectiveState } from '../../core/effective-state/alarm-row.ts';

/** The shape that goes with a level, so that no colour speaks alone. */
export type LevelShapeName = 'diamond' | 'triangle' | 'square' | 'circle' | 'none';

/** How a level is shown. `token` names the CSS custom property of its colour in `tokens.css`. */
export interface LevelPresentation {
  readonly word: string;
  readonly shape: LevelShapeName;
  readonly token: 'invalid' | 'major' | 'alarm' | 'minor' | 'muted';
  /** Whether a new alarm of it interrupts a screen reader. */
  readonly isUrgent: boolean;
}

/** The one table of levels: word, shape, colour. */
export const LEVEL_PRESENTATION: Readonly<Record<Level, LevelPresentation>> = {
  INVALID: { word: 'INVALID', shape: 'diamond', token: 'invalid', isUrgent: true },
  MAJOR: { word: 'MAJOR', shape: 'triangle', token: 'major', isUrgent: true },
  ALARM: { word: 'ALARM', shape: 'square', token: 'alarm', isUrgent: false },
  MINOR: { word: 'MINOR', shape: 'circle', token: 'minor', isUrgent: false },
  NORMAL: { word: 'NORMAL', shape: 'none', token: 'muted', isUrgent: false },
};

/** How the shape of the level is drawn in a state: the state rides on the level, never instead of it. */
export type ShapeStyle = 'filled' | 'outlined' | 'returned' | 'clock' | 'crossed' | 'unknown';

/** How a state is shown, and the word that a filter knows it by. */
export interface StatePresentation {
  readonly word: string;
  readonly filterWord: string;
  readonly shapeStyle: ShapeStyle;
}

/** The one table of states. */
export const STATE_PRESENTATION: Readonly<Record<EffectiveState, StatePresentation>> = {
  unacknowledged: {
    word: 'unacknowledged',
    filterWord: 'unacknowledged',
    shapeStyle: 'filled',
  },
  returnedToNormalUnacknowledged: {
    word: 'returned, unacknowledged',
    filterWord: 'returned',
    shapeStyle: 'returned',
  },
  acknowledged: { word: 'acknowledged', filterWord: 'acknowledged', shapeStyle: 'outlined' },
  undecodable: { word: 'undecodable', filterWord: 'undecodable', shapeStyle: 'unknown' },
  shelved: { word: 'shelved', filterWord: 'shelved', shapeStyle: 'clock' },
  suppressedByDesign: {
    word: 'suppressed by design',
    filterWord: 'suppressed',
    shapeStyle: 'crossed',
  },
  outOfService: { word: 'out of service', filterWord: 'outofservice', shapeStyle: 'crossed' },
  onDelayed: { word: 'on delay', filterWord: 'delayed', shapeStyle: 'outlined' },
  normal: { word: 'normal', filterWord: 'normal', shapeStyle: 'outlined' },
};

/** Whether the operator has yet to answer an alarm in this state. */
export function needsAnswer(state: EffectiveState): boolean {
  return state === 'unacknowledged' || state === 'returnedToNormalUnacknowledged';
}
