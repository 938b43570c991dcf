import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import { type EpochMs, epochMs } from '../../core/lib/units.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { AlarmPicture } from '../alarm-feed/alarm-picture.ts';
import { alarmTable } from './alarm-table.ts';

/** What the console tells the program that started it, one JSON object a line, where `KLAXON_REPORT=1` asks for it. */
export interface ConsoleReport {
  /**
   * The window has painted its snapshot. Told at once (`painted`); the table follows when the picture has come to rest,
   * because a plant that starts changes many rows in its first seconds. Only the first time counts.
   */
  windowPainted(): void;
}

export interface ConsoleReportOptions {
  readonly picture: AlarmPicture;
  readonly clock: Clock;
  readonly write: (line: string) => void;
  readonly formatTime: (at: EpochMs) => string;
  /** The table has been told: the window shows the same. */
  readonly onTable: () => void;
}

/** No row has changed for so long: the picture is at rest. */
const REST_MS = 1_500;
/** A plant in a flood is never at rest. */
const REST_WITHIN_MS = 6_000;

/** Begins to report each change of phase. */
export function startConsoleReport(options: ConsoleReportOptions): ConsoleReport {
  const { picture } = options;
  const write = (report: object) => options.write(JSON.stringify(report));
  let told = '';
  const tellPhase = () => {
    const { phase } = picture.status();
    const detail = 'problem' in phase ? phase.problem?.message : undefined;
    const key = `${phase.phase} ${detail ?? ''}`;
    if (key === told) return;
    told = key;
    write({ klaxon: 'phase', phase: phase.phase, ...(detail === undefined ? {} : { detail }) });
  };
  picture.onChange(tellPhase);
  tellPhase();
  let isPainted = false;
  return {
    windowPainted() {
      if (isPainted) return;
      isPainted = true;
      tellPhase();
      write({ klaxon: 'painted' });
      atRest(options, () => {
        write({ klaxon: 'table', text: alarmTable(rowsOf(picture), options.formatTime) });
        options.onTable();
      });
    },
  };
}

/** Calls back once no row has changed for a while, or when that has taken too long. */
function atRest({ picture, clock }: ConsoleReportOptions, callback: () => void): void {
  const latestAt = epochMs(clock.now() + REST_WITHIN_MS);
  let cancel = () => {};
  const stopListening = picture.onChange((names) => {
    if (names.length > 0) wait();
  });
  const finish = () => {
    stopListening();
    callback();
  };
  const wait = () => {
    cancel();
    cancel = clock.callAt(epochMs(Math.min(latestAt, clock.now() + REST_MS)), finish);
  };
  wait();
}

function rowsOf(picture: AlarmPicture): AlarmRow[] {
  return picture
    .names()
    .map((name) => picture.row(name))
    .filter((row) => row !== null);
}
