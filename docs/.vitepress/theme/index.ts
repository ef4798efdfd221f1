// With the fonts of the reader's system: none are asked for elsewhere, and none are shipped.
import theme from 'vitepress/theme-without-fonts';
import './style.css';

export default theme;
