/** The course as it stands. */
import LESSONS from 'virtual:lessons/en';

export { LESSONS };
