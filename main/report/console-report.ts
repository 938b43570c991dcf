import { writeFile } from 'node:fs/promises';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import type { AlarmPicture } from '../alarm-feed/alarm-picture.ts';
import type { Logger } from '../logging/logger.ts';
import { alarmTable } from './alarm-table.ts';

/** What the console tells the program that started it, one JSON object a line, where `KLAXON_REPORT=1` asks for it. */
export interface ConsoleReport {
  /** The window has painted its rows: the table, and the screenshot where one was asked for. Only the first time counts. */
  windowPainted(capture: () => Promise<Uint8Array>): Promise<void>;
}

export interface ConsoleReportOptions {
  readonly picture: AlarmPicture;
  readonly write: (line: string) => void;
  readonly logger: Logger;
  readonly formatTime: (at: EpochMs) => string;
  /** Where the screenshot goes; null = none is taken. */
  readonly screenshotPath: string | null;
}

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
    async windowPainted(capture) {
      if (isPainted) return;
      isPainted = true;
      tellPhase();
      write({ klaxon: 'table', text: alarmTable(rowsOf(picture), options.formatTime) });
      await saveScreenshot(options, capture, write);
    },
  };
}

async function saveScreenshot(
  { screenshotPath, logger }: ConsoleReportOptions,
  capture: () => Promise<Uint8Array>,
  write: (report: object) => void,
): Promise<void> {
  if (screenshotPath === null) return;
  try {
    await writeFile(screenshotPath, await capture());
    write({ klaxon: 'screenshot', path: screenshotPath });
  } catch (thrown) {
    logger.error('no screenshot', { path: screenshotPath, thrown });
  }
}

function rowsOf(picture: AlarmPicture): AlarmRow[] {
  return picture
    .names()
    .map((name) => picture.row(name))
    .filter((row) => row !== null);
}
