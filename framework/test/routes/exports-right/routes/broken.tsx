export default function View( {
