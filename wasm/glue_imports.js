import { TextDecoder } from "./util/web_classes.js";
