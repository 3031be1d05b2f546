import { phrase } from '../../../core/words/words.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Choice } from '../../ui/Choice.tsx'
import type { SeriesSummary } from '../../worker/examWorkerApi.ts'

const NO_SERIES = ''

/** The second series of a dual-energy pair, one of the study's other series that could be read. */
export function SecondSeries({ onChoose }: { readonly onChoose: (seriesId: string | null) => void }) {
  const source = useViewer((state) => state.drop?.sources.find(({ id }) => id === state.choice?.sourceId))
  const measured = useViewer((state) => state.record?.decisions.series?.id ?? null)
  const chosen = useViewer(
    (state) => state.decisions.present.calibration.dualEnergy?.otherSeriesUid ?? NO_SERIES,
  )
  const others = (source?.series ?? []).filter(({ id, verdict }) => id !== measured && verdict !== 'refused')
  const isListed = chosen === NO_SERIES || others.some(({ id }) => id === chosen)
  return (
    <li data-given="second">
      <Choice
        label={phrase('viewer.given.second')}
        value={chosen}
        isDisabled={others.length === 0 && chosen === NO_SERIES}
        options={[
          {
            key: NO_SERIES,
            words: phrase(others.length === 0 ? 'viewer.given.noOther' : 'viewer.given.noSecond'),
          },
          ...others.map((series) => ({ key: series.id, words: wordsOf(series) })),
          // A decision made elsewhere may name a series by another of its names.
          ...(isListed ? [] : [{ key: chosen, words: chosen }]),
        ]}
        onChange={(id) => onChoose(id === NO_SERIES ? null : id)}
      />
    </li>
  )
}

const wordsOf = ({ seriesNumber, seriesDescription, acquisition }: SeriesSummary) =>
  [
    seriesNumber === null ? '' : String(seriesNumber),
    seriesDescription,
    acquisition.kvp === undefined ? '' : phrase('viewer.check.value.kvp', { value: acquisition.kvp }),
  ]
    .filter((part) => part !== '')
    .join(' · ')
