import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { phrase } from '../../core/words/words.ts'
import { toggleKeyList } from '../state/viewActions.ts'
import { useViewer } from '../state/viewerStore.ts'
import { Button } from '../ui/Button.tsx'
import { KEYS } from './keys.ts'

/** Every key and what it does. */
export function KeyList() {
  const isOpen = useViewer((state) => state.isKeyListOpen)
  return (
    <ModalOverlay className="veil" isOpen={isOpen} onOpenChange={toggleKeyList} isDismissable>
      <Modal className="sheet">
        <Dialog className="dialog">
          <Heading slot="title">{phrase('viewer.keys.title')}</Heading>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{phrase('viewer.keys.column.key')}</th>
                <th scope="col" className="left">
                  {phrase('viewer.keys.column.does')}
                </th>
              </tr>
            </thead>
            <tbody>
              {KEYS.map(({ keys, does }) => (
                <tr key={does}>
                  <td>
                    <kbd>{keys}</kbd>
                  </td>
                  <td className="left">{phrase(`viewer.keys.does.${does}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Button onPress={toggleKeyList}>{phrase('viewer.keys.close')}</Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
