import type { ReactElement } from 'react';
import type { Level } from '../../core/alarm/level.ts';
import type { EffectiveState } from '../../core/effective-state/alarm-row.ts';
import {
  LEVEL_PRESENTATION,
  type LevelShapeName,
  type ShapeStyle,
  STATE_PRESENTATION,
} from './presentation.ts';

/** What a level shape is drawn from. */
export interface LevelShapeProps {
  readonly level: Level;
  readonly state: EffectiveState;
  readonly size?: 'row' | 'title';
}

/** The shape of a level, drawn the way its state asks for. Says nothing to a screen reader: words stand beside it. */
export function LevelShape({ level, state, size = 'row' }: LevelShapeProps): ReactElement {
  const { shape, token } = LEVEL_PRESENTATION[level];
  const style = STATE_PRESENTATION[state].shapeStyle;
  return (
    <svg
      className={`shape shape-${size} tone-${token} style-${style}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {drawing(shape, style)}
    </svg>
  );
}

const PATHS: Readonly<Record<Exclude<LevelShapeName, 'none'>, string>> = {
  diamond: 'M8 1 15 8 8 15 1 8Z',
  triangle: 'M8 1.4 15 14.4H1Z',
  square: 'M2 2h12v12H2Z',
  circle: 'M8 1.4a6.6 6.6 0 1 1 0 13.2 6.6 6.6 0 0 1 0-13.2Z',
};

function drawing(shape: LevelShapeName, style: ShapeStyle): ReactElement | null {
  switch (style) {
    case 'clock':
      return (
        <g className="line">
          <circle cx="8" cy="8" r="6.3" />
          <path d="M8 4.4V8l2.6 1.7" />
        </g>
      );
    case 'crossed':
      return (
        <g className="line">
          <circle cx="8" cy="8" r="6.3" />
          <path d="M3.6 3.6l8.8 8.8" />
        </g>
      );
    case 'unknown':
      return (
        <g className="line">
          <path d="M2.2 2.2h11.6v11.6H2.2Z" strokeDasharray="2.2 1.6" />
          <path d="M6 6.2a2 2 0 1 1 2.7 1.9c-.5.2-.7.5-.7 1.1M8 11.4v.6" />
        </g>
      );
    case 'filled':
      return filled(shape);
    case 'outlined':
      return shape === 'none' ? null : <path className="line" d={PATHS[shape]} />;
    case 'returned':
      return returned(shape);
  }
}

function filled(shape: LevelShapeName): ReactElement | null {
  switch (shape) {
    case 'none':
      return null;
    case 'diamond':
      return (
        <>
          <path className="fill" d={PATHS.diamond} />
          <path className="mark" d="M6.3 6.4a1.7 1.7 0 1 1 2.3 1.6c-.4.2-.6.4-.6.9M8 10.9v.5" />
        </>
      );
    case 'triangle':
      return (
        <>
          <path className="fill" d={PATHS.triangle} />
          <path className="mark" d="M8 6v3.6M8 11.9v.5" />
        </>
      );
    case 'square':
      return <path className="fill" d={PATHS.square} />;
    case 'circle':
      return <path className="fill fill-minor" d={PATHS.circle} />;
  }
}

function returned(shape: LevelShapeName): ReactElement | null {
  if (shape === 'none') return null;
  return (
    <>
      <path className="line line-hollow" d={PATHS[shape]} transform="translate(5 0) scale(.7)" />
      <path className="line" d="M8.2 13.4H1.2M3.8 10.8 1.2 13.4l2.6 2.6" />
    </>
  );
}
