/** `hotclub/client`: parts for views. */
export { Await, type AwaitProps } from './lib/view/await.tsx'
export { Head, Scripts } from './lib/view/document.tsx'
export { Form, type FormProps } from './lib/view/form.tsx'
export { useNavigate, useNavigation, useNonce, usePage, useRevalidate, type PageInfo } from './lib/view/hooks.ts'
export { Link, type LinkProps } from './lib/view/link.tsx'
export { Messages, type MessagesProps, useMessages } from './lib/view/messages.tsx'
export type { Message, ViewError } from './lib/view/payload.ts'
export type { NavigateOptions, Navigation } from './lib/view/router.ts'
