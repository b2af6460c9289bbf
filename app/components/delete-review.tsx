import { ConfirmDelete } from './confirm-delete.tsx'

/** For pages with the action `remove`. */
export function DeleteReview({ id }: { id: number }) {
  return <ConfirmDelete action="remove" id={id} label="Delete review" question="The review goes for good, with its stars." />
}
