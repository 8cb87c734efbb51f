package nl.wijkschakel.client;

import java.util.UUID;

/** Who acts in the tests, and for whom. */
public final class People {

    public static final UUID WIJKTEAM = UUID.fromString("0199aaaa-0000-7000-8000-000000000001");
    public static final UUID BERGSTAD = UUID.fromString("0199aaaa-0000-7000-8000-000000000002");
    public static final UUID DE_BRUG = UUID.fromString("0199aaaa-0000-7000-8000-000000000005");
    public static final UUID HET_ANKER = UUID.fromString("0199aaaa-0000-7000-8000-000000000006");

    public static final UUID ANNA_ID = UUID.fromString("0199dddd-0000-7000-8000-000000000001");
    public static final UUID BRAM_ID = UUID.fromString("0199dddd-0000-7000-8000-000000000002");

    /** Of the wijkteam that registers. */
    public static final String ANNA = Tokens.of(ANNA_ID, WIJKTEAM + ":wijkteam-worker");

    /** Anna's colleague. */
    public static final String MILAN = Tokens.of(new UUID(1, 13), WIJKTEAM + ":wijkteam-worker");

    /** Of the organisation that receives. */
    public static final String BRAM = Tokens.of(BRAM_ID, DE_BRUG + ":specialist");

    public static final String CARLA = Tokens.of(new UUID(1, 3), DE_BRUG + ":coordinator");

    /** Of an organisation that has nothing to do with it. */
    public static final String DIRK = Tokens.of(new UUID(1, 4), HET_ANKER + ":specialist");

    /** Of the wijkteam elsewhere. */
    public static final String EVA = Tokens.of(new UUID(1, 5), BERGSTAD + ":wijkteam-worker");

    /** Works for two. */
    public static final String FARID = Tokens.of(new UUID(1, 6), DE_BRUG + ":specialist", HET_ANKER + ":specialist");

    /** Sets up what there is in one municipality. */
    public static final String HUGO = Tokens.of(new UUID(1, 7), "9901:functional-admin");

    public static final String REFERRAL_SERVICE = Tokens.ofService("referral-service");

    private People() {}
}
