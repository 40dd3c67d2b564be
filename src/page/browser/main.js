import { startDetail } from './detail.js';
import { startKeyboard } from './keyboard.js';
import { startSearch } from './search.js';
import { startTabs } from './tabs.js';
import { startTheme } from './theme.js';

startTheme();
startTabs();
startSearch();
startKeyboard();
startDetail();
