package nl.wijkschakel.referral.directory;

/** What a question is about (DOMAIN §2, code lists). */
public enum Theme {
    HOUSING_AND_SHELTER("opvang en wonen"),
    DOMESTIC_VIOLENCE("huiselijk geweld en vrouwenopvang"),
    ADDICTION("verslaving"),
    MENTAL_HEALTH("psychische gezondheid"),
    DEBT_AND_INCOME("schulden en inkomen"),
    FINANCIAL_GUARDIANSHIP("beschermingsbewind"),
    YOUTH_AND_FAMILY("jeugd en gezin"),
    TODDLERS_AND_PRESCHOOL("peuters en voorschool"),
    SCHOOL_AND_DROPOUT("school en uitval"),
    WORK_AND_DAY_ACTIVITIES("werk en dagbesteding"),
    REFUGEES_AND_INTEGRATION("statushouders en inburgering"),
    INFORMAL_CARE("mantelzorg"),
    VOLUNTEERING_AND_MEETING("vrijwilligerswerk en ontmoeting"),
    LONELINESS("eenzaamheid"),
    HEALTH_AND_LIFESTYLE("gezondheid en leefstijl"),
    DISABILITY_AND_AIDS("beperking en hulpmiddelen");

    private final String words;

    Theme(String words) {
        this.words = words;
    }

    /** In Dutch, as it stands in the middle of a sentence. */
    public String words() {
        return words;
    }
}
