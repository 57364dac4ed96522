// The result of a comparison as text, in colours where a person reads it at a terminal.

import { styleText } from "node:util";

