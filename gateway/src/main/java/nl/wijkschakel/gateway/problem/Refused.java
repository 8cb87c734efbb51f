package nl.wijkschakel.gateway.problem;

/** What was asked cannot be done, for a reason that the caller is told. */
public final class Refused extends RuntimeException {

    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.type(), null, false, false); // an answer, not a fault: no stack trace
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
