package nl.wijkschakel.client;

import java.util.UUID;

/** What is sent in the tests. */
public final class Bodies {

    /** Of whom all is known. */
    public static String client(String surname, String bsn) {
        return """
                {"name":{"given":"Sanne","prefix":"van der","surname":"%s"},
                 "bsn":{"value":"%s"},
                 "birthDate":{"value":"1988-04-01"},
                 "address":{"value":{"street":"Dorpsstraat","houseNumber":"12a","postcode":"1234 ab","city":"Waterwijk"}},
                 "municipality":"9901",
                 "contact":{"phone":"0612345678","email":"sanne@example.nl","preference":"PHONE"},
                 "language":"nl","interpreterNeeded":false,
                 "safeContact":{"safe":true},"secrecy":false}
                """.formatted(surname, bsn);
    }

    /** Of whom no more is known than must be. */
    public static String unknownClient(String surname) {
        return """
                {"name":{"surname":"%s"},
                 "bsn":{"unknownBecause":"NOT_SHOWN"},
                 "birthDate":{"unknownBecause":"ESTIMATED","estimatedAge":35},
                 "address":{"unknownBecause":"NO_FIXED_PLACE"},
                 "municipality":"9901",
                 "safeContact":{"safe":true}}
                """.formatted(surname);
    }

    /** @param sharedData such as {@code "NAME","BSN"} */
    public static String agreement(UUID client, String sharedData) {
        return """
                {"client":"%s","referral":"0199e000-0000-7000-8000-000000000001","receiver":"%s",
                 "receiverEntitledToBsn":true,"legalBasis":"WMO",
                 "agreement":{"kind":"AGREED","how":"SPOKEN","on":"2026-03-01","by":"CLIENT"},
                 "sharedData":[%s],"safeContact":true,"secretPlace":false}
                """.formatted(client, People.DE_BRUG, sharedData);
    }

    private Bodies() {}
}
