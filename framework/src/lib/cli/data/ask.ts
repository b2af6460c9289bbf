import * as prompts from '@clack/prompts'
import { HotclubError } from '../../core/hotclub-error.ts'

/** Whether somebody can answer: input and output are a terminal, and it is not a CI. */
function isInteractive(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true && !process.env.CI
}

/**
 * Asks yes or no in the terminal.
 *
 * @param question What is asked, in one line
 * @param flags The flags that answer it, for where nobody can
 * @throws {HotclubError} `HC_ANSWER` where nobody can answer, or when the question is cancelled
 */
export async function confirm(question: string, flags: string): Promise<boolean> {
  if (!isInteractive()) throw noAnswer(question, flags)
  return answered<boolean>(await prompts.confirm({ message: question, initialValue: false }), question, flags)
}

/** Asks for a line of text; otherwise as {@link confirm}. */
export async function askText(question: string, placeholder: string, flags: string): Promise<string> {
  if (!isInteractive()) throw noAnswer(question, flags)
  const validate = (value: string | undefined): string | undefined => (/[a-z\d]/i.test(value ?? '') ? undefined : 'A few words, please.')
  return answered<string>(await prompts.text({ message: question, placeholder, validate }), question, flags)
}

/** Asks for something that nobody may see, twice the same. Otherwise as {@link confirm}. */
export async function askSecret(question: string, flags: string): Promise<string> {
  if (!isInteractive()) throw noAnswer(question, flags)
  const secret = answered<string>(await prompts.password({ message: question }), question, flags)
  const again = answered<string>(await prompts.password({ message: `${question} (once more)` }), question, flags)
  if (secret === again) return secret
  prompts.log.warn('They differ.')
  return await askSecret(question, flags)
}

function answered<T extends boolean | string>(answer: T | symbol, question: string, flags: string): T {
  if (typeof answer !== 'symbol') return answer
  throw new HotclubError('HC_ANSWER', {
    where: question,
    message: 'Cancelled; nothing was changed.',
    hint: `To answer beforehand: ${flags}.`,
  })
}

function noAnswer(question: string, flags: string): HotclubError {
  return new HotclubError('HC_ANSWER', {
    where: `hotclub ${process.argv.slice(2).join(' ')}`,
    message: `This needs an answer, and there is no terminal to ask in: ${question}`,
    hint: `Run it in a terminal, or answer beforehand: ${flags}.`,
  })
}
