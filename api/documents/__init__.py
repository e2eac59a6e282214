"""Documents for people to take away: tables for spreadsheets and Word, days for calendars."""
