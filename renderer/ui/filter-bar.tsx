import { memo, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { LEVELS } from '../../core/alarm/level.ts';
import { EFFECTIVE_STATES } from '../../core/effective-state/alarm-row.ts';
import type { Page } from '../stores/console-store.ts';
import { type FilterField, parseFilter, valuesOf, withValues } from '../stores/filter-grammar.ts';
import { useStores } from '../stores/stores.tsx';
import { Picker, type PickerChoice } from './picker.tsx';
import { LEVEL_PRESENTATION, STATE_PRESENTATION } from './presentation.ts';
import { count } from './time-text.ts';

/** The id of the field that `/` goes to. */
export const FILTER_INPUT_ID = 'filter-input';

/** What a filter bar needs. `fields` are the pickers beside the text. */
export interface FilterBarProps {
  readonly page: Page;
  readonly fields: readonly FilterField[];
  readonly hidden: number;
}

/** The filter of a page: text and pickers say the same thing, so that nothing is hidden out of sight. */
export const FilterBar = memo(function FilterBar(props: FilterBarProps): ReactElement {
  const { page, fields, hidden } = props;
  const stores = useStores();
  const text = useStore(stores.console, (state) => state.filters[page]);
  const change = (next: string): void => stores.console.filterChanged(page, next);
  const { problem } = parseFilter(text);
  return (
    <section className="filters" aria-label="Filter">
      <input
        id={FILTER_INPUT_ID}
        type="text"
        value={text}
        spellCheck={false}
        autoComplete="off"
        aria-label="Filter"
        aria-keyshortcuts="/"
        placeholder="Search or filter, e.g. location:INJ level:major  ( / )"
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return;
          event.preventDefault();
          change('');
        }}
      />
      {fields.map((field) => (
        <Picker
          key={field}
          title={`${field[0]?.toUpperCase() ?? ''}${field.slice(1)}`}
          choices={choicesOf(field, stores.feed.index)}
          picked={valuesOf(text, field)}
          onPick={(values) => change(withValues(text, field, values))}
        />
      ))}
      <span className="hidden-count" role="status">
        {problem === null ? null : <b>{problem} </b>}
        {hidden > 0 ? `${count(hidden)} hidden by filter` : ''}
        {text === '' ? null : (
          <>
            {hidden > 0 ? ' · ' : ''}
            <button type="button" className="link" onClick={() => change('')}>
              clear
            </button>
          </>
        )}
      </span>
    </section>
  );
});

function choicesOf(
  field: FilterField,
  symbols: { locations(): ReadonlySet<string>; categories(): ReadonlySet<string> },
): readonly PickerChoice[] {
  switch (field) {
    case 'state':
      return EFFECTIVE_STATES.map((state) => ({
        value: STATE_PRESENTATION[state].filterWord,
        text: STATE_PRESENTATION[state].word,
      })).reverse();
    case 'level':
      return [...LEVELS].reverse().map((level) => ({
        value: level.toLowerCase(),
        text: LEVEL_PRESENTATION[level].word,
      }));
    case 'location':
      return symbolChoices(symbols.locations());
    case 'category':
      return symbolChoices(symbols.categories());
  }
}

function symbolChoices(symbols: ReadonlySet<string>): readonly PickerChoice[] {
  return [...symbols].sort().map((text) => ({ value: text.toLowerCase(), text }));
}
