// Starts Sveltia CMS with what the build says of our files (config.json), and the form that they have.
import CMS from "./sveltia/index.js";
import { fromFile, toFile } from "./front-matter.js";

const config = await (await fetch("config.json")).json();
CMS.registerCustomFormat(config.collections[0].format, "md", { fromFile, toFile });
CMS.init({ config });
