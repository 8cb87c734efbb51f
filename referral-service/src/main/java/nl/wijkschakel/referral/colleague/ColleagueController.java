package nl.wijkschakel.referral.colleague;

import static nl.wijkschakel.kit.caller.Role.COORDINATOR;
import static nl.wijkschakel.kit.caller.Role.SPECIALIST;
import static nl.wijkschakel.kit.caller.Role.WIJKTEAM_WORKER;

import io.swagger.v3.oas.annotations.Operation;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whom work can be given to. */
@RestController
@RequestMapping("/v1/colleagues")
@Allowed({WIJKTEAM_WORKER, SPECIALIST, COORDINATOR})
class ColleagueController {

    private final Colleagues colleagues;

    ColleagueController(Colleagues colleagues) {
        this.colleagues = colleagues;
    }

    @GetMapping
    @Operation(
            operationId = "listColleagues",
            summary =
                    "Who worked here for the own organisation in the last 400 days, by name; work can be given to those"
                            + " who were here in the last 90")
    Page<Colleague> list(Paging paging, Caller caller) {
        return colleagues.page(caller.organisation(), paging);
    }
}
